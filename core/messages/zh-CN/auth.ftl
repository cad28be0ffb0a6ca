### Who asks: enrolling a device, its signature, the office.

-office = 办公室
-kept = 记录仍安全保存在本机
-new-code = 请向{ -office }索取新的设备登记码
-sync = 请重新同步
-counter-passed = 请求序号已用过，应用会自动重新编号后再试；若反复出现，请检查本设备是否被复制。

too-many-devices = 该人员已有{ $devices }台设备，请先停用不再使用的设备。
code-worn = 该设备登记码已多次使用未成功，{ -new-code }。
code-wrong = 设备登记码不正确，请核对后重新输入，或向{ -office }索取新的设备登记码。
code-used = 设备登记码已被使用，{ -new-code }。
code-expired = 设备登记码已过期，{ -new-code }。
enrolment-malformed = 登记请求格式不正确，请更新应用后重新扫码。{ $why }
enrolment-interrupted = 登记未能完成，请重新扫码再试；若仍如此，设备登记码可能已被他人使用，{ -new-code }。
enrolment-signature = 设备签名不正确，请重新扫码登记。{ $why }
device-known = 该设备密钥已入过网，请在手机上重新生成密钥后再扫码。
person-left = 该人员已离任，不能登记设备，请联系{ -office }。
confirmation-wrong = 确认号与设备屏幕上的不一致，请当面核对；不一致时请停用该设备。
device-revoked = 该设备已停用，请重新发放设备登记码。

## A request by a device.

signature-missing = 请求缺少设备签名，请更新应用后重新同步。{ $why }
length-missing = 请求没有说明内容长度，可能被网络设备改动，请换用其他网络后重新同步；{ -kept }。{ $why }
app-newer = 应用版本比服务器新，请告知{ -office }更新服务器后再同步；{ -kept }。{ $why }
app-older = 应用版本与服务器不一致，请更新应用后再同步；{ -kept }。{ $why }
signature-wrong = 设备签名不正确，请更新应用后重新同步。
body-changed = 数据在传输中发生改变，未登记，{ -sync }；反复出现请换用其他网络，{ -kept }。
device-unknown = 服务器没有这台设备的登记，请保留本机记录，联系{ -office }重新登记。
device-unconfirmed = 设备尚未确认，请将确认号 { $number } 告知{ -office }。
device-out-of-use = 该设备已停用；未上传的记录请用“导出记录包”交{ -office }认定。
device-revoked-meanwhile = 该设备已停用，请联系{ -office }。
counter-ahead = 请求序号异常，应用会自动重新编号后再试；若反复出现，请更新应用，并联系{ -office }。
counter-reused = { -counter-passed }
counter-replayed = { -counter-passed }

## The office.

token-missing = 请先用{ -office }的链接进入，或在请求中提供办公口令。
token-wrong = 办公口令不正确，请向管理员索取新的链接。
