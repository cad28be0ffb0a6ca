### What the engine says to the person at a phone, beside what the core says.

-office = 办公室
-kept = 记录都在本机，不会丢失
-later = 稍后会自动再同步

internal = 应用内部出错，记录仍安全保存在本机；请重试，仍失败请把错误代码告知{ -office }。
closed = 应用正在关闭，请重新打开后再试。
folder-missing = 应用没有给出数据目录，请重新安装或联系{ -office }。
form-of-another-kind = 更正的表单与原记录不是同一类，请从“我的记录”重新打开更正。
kind-of-later-version = 该记录由更新版本的应用写入，请先更新应用再更正。
kind-unknown = 待识别
clock-behind = 本机时间比服务器最近一次应答还早，请打开“自动设置日期和时间”，否则记录会标为时间存疑。
look-again = { $note }
time-doubtful = { $verdict }（时间存疑）

## The key store.

keys-locked = 设备尚未解锁，无法读取密钥；请解锁设备后重新打开应用，数据未受影响。
keys-failed = 设备的密钥存储出错，数据未受影响；请重启设备后再试，不要卸载应用，仍失败请联系{ -office }。
keys-forgotten = 设备的密钥存储没有保存密钥，本机暂不能使用；请检查系统锁屏密码等安全设置后重试。
keys-lost = 本机密钥已丢失，原有记录无法打开；请不要卸载应用，立即联系{ -office }。

## The network.

offline = 连不上服务器，{ -kept }；有网络时会自动再同步。
line-broke = 连上了服务器，但网络太弱，传输中断；已上传的不会重传，其余{ -kept }；请换更好的网络，{ -later }。
timeout = 服务器没有及时应答，{ -kept }；{ -later }。
cancelled = 同步被系统中断，{ -kept }；{ -later }。
certificate-time = 按本机时间，服务器证书不在有效期内；请打开“自动设置日期和时间”后再同步，仍不行请联系{ -office }。
certificate = 无法建立安全连接：服务器证书不受信任。请勿继续，换一个网络再试，或核对服务器地址、联系{ -office }。
captive-portal = 当前网络要求先登录（酒店、商场等的上网认证页）；请打开浏览器完成认证，再同步。记录都在本机。
busy = 服务器繁忙或正在维护，{ -kept }；{ -later }。
wrong-server = 这个地址不是代办服务器；请核对服务器地址。记录都在本机。
