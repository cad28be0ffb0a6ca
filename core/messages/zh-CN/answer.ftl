### What a server answers a phone by code: the phone's own sentence for each.

-office = 办公室
-kept = 记录仍安全保存在本机

outcome-signature = 设备签名未通过核验，请核对本机是否已登记并经办公室确认，再用“重新记录”提交。
outcome-actors = 本项目的设备数已达上限，本条已暂存；请联系{ -office }处理，不要更换设备反复提交。
outcome-device-unknown = 服务器没有填写这条记录的设备的登记，本条已暂存；请由填写人联系{ -office }重新登记。
outcome-device-unconfirmed = 填写这条记录的设备还未经{ -office }确认，本条已暂存；请由填写人把六位确认号告诉办公室，确认后重新提交。
outcome-device-revoked = 填写这条记录的设备已停用，本条已暂存；请联系{ -office }核实，由办公室采纳或由有权人员重新记录。
outcome-never-member = 填写人从未列入本项目代办团队，本条已暂存；请联系{ -office }，列入团队后可原样收入。
outcome-quota = 今日提交量已达上限，{ -kept }；请稍后再同步，其他项目照常提交。
outcome-deferred = 服务器暂缓接收本条，{ -kept }，稍后同步时会自动再提交。

problem-bad-id = 编号无法读取，请核对后重试。
problem-busy = 服务器正忙，{ -kept }，请稍后再同步。
problem-code-expired = 设备登记码已过期；请向{ -office }索取新的设备登记码。
problem-code-invalid = 设备登记码不正确；请核对后重新输入，或向{ -office }索取新的设备登记码。
problem-code-used = 设备登记码已被使用；请向{ -office }索取新的设备登记码。
problem-code-worn = 用这个设备登记码登记的次数过多；请向{ -office }索取新的设备登记码。
problem-contended = 本次提交与其他操作冲突，没有保存；记录仍在本机，请稍后再同步。
problem-counter-replayed = 本机的请求编号已用过（可能恢复过备份），将自动改号；请重新同步，仍失败请联系{ -office }。
problem-counter-reused = 本机的请求编号已用于另一次请求（可能恢复过备份），将自动改号；请重新同步，仍失败请联系{ -office }。
problem-counter-too-far = 本机的请求编号超前太多，将自动改号；请重新同步，仍失败请联系{ -office }。
problem-day-bytes = 今日提交的数据量已达上限，{ -kept }；请明日再同步，届时自动继续提交。
problem-database-unavailable = 服务器暂时无法使用数据库，{ -kept }，请稍后再同步。
problem-device-known = 这台设备的密钥已经登记过，请联系{ -office }核对，或在新设备上重新登记。
problem-device-revoked = 该设备已停用，未上传的记录仍保存在本机；请联系{ -office }。
problem-device-unconfirmed = 本机还未经{ -office }确认；请把屏幕上的六位确认号告诉办公室，确认后再同步。
problem-device-unknown = 服务器没有这台设备的登记；请保留本机记录，联系{ -office }重新登记。
problem-digest-mismatch = 提交的内容在途中被改动，{ -kept }；请换一个网络后重新同步。
problem-disk-full = 服务器存储空间不足，{ -kept }；请稍后再同步，并通知管理员。
problem-disk-reserve = 服务器存储空间即将用尽，{ -kept }；请稍后再同步，并通知管理员。
problem-enrolment-interrupted = 登记中途被打断，没有完成；请从输入设备登记码开始重新登记。
problem-field-too-long = 提交的数据中有一项过长，服务器没有接收；{ -kept }，请更新应用后再同步。
problem-internal = 服务器出错，{ -kept }；请稍后再同步，仍失败请联系管理员。
problem-length-required = 请求没有写明长度，可能被网络设备改动；{ -kept }，请换一个网络后重新同步。
problem-line-too-slow = 网络太慢，数据中断过久；{ -kept }，请换一个网络或稍后再同步。
problem-method-not-allowed = 这个地址不支持该操作；请核对服务器地址，仍失败请更新应用。
problem-not-found = 服务器没有这个地址；请核对服务器地址，仍失败请更新应用。
problem-one-at-a-time = 本机的上一次同步还没有结束，{ -kept }；请稍后再同步。
problem-outcome-unknown = 无法确认是否已保存；记录仍在本机，重新同步会自动核对，不会重复登记。
problem-overtaken = 服务器正在切换，{ -kept }，请稍后再同步。
problem-person-left = 该人员已退出专班，不能登记设备；请联系{ -office }。
problem-server-clock = 服务器时间有误，暂停收发，{ -kept }；请稍后再同步，并告知{ -office }校准服务器时间。
problem-signature-invalid = 设备签名不正确，{ -kept }；请更新应用后重新同步，仍失败请联系{ -office }。
problem-signature-missing = 请求缺少设备签名，可能被网络设备改动；请换一个网络或更新应用后重新同步。
problem-text-unusable = 内容含有服务器不能保存的字符，请删去后重新提交。
problem-too-costly = 一次提交的内容过于复杂，服务器没有接收；{ -kept }，请更新应用后分批提交。
problem-too-dense = 提交的数据压缩比异常，服务器没有接收；{ -kept }，请更新应用后重新同步。
problem-too-large = 一次提交的内容过多，{ -kept }；请更新应用后分批提交。
problem-too-many-connections = 同一网络中同时连接过多，{ -kept }；请稍后再同步。
problem-too-many-devices = 登记的设备数已达上限；请联系{ -office }停用不再使用的设备后再登记。
problem-too-many-requests = 登记尝试过于频繁，请稍后再试。
problem-too-slow = 网络太慢，没有传完；{ -kept }，请换一个网络或稍后再同步。
problem-unreadable = 数据传输中损坏，{ -kept }；请重新同步，仍失败请更新应用。
problem-unsupported-version = 应用版本与服务器不一致，{ -kept }；请更新应用后再同步。
problem-wrong-media-type = 服务器不认识这种请求；请更新应用后重试。

outcome-other = 服务器未接收（{ $code }），记录仍保存在本机；请联系{ -office }并告知括号内的代码，需要时更新应用。
problem-other = 服务器拒绝了请求（{ $code }），{ -kept }；请稍后重试，仍失败请把括号内的代码告知{ -office }。

problem-passing = 服务器暂时无法处理，{ -kept }，请稍后再同步。
problem-foreign = 网络中间设备或服务器拒绝了请求，{ -kept }；请核对服务器地址，仍失败请联系{ -office }。
