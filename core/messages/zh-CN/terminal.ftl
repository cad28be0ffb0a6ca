### What daiban-field, the client in a terminal, says.

## The network. Nothing recorded is ever lost by these.

-office = 专班办公室
-kept = 记录都在本机，不会丢失

network-unreachable = 连不上服务器，{ -kept }；请检查网络后再运行 sync。
network-line-broke = 连上了服务器，但网络太弱，传输总是中断；已上传的不会重传，其余{ -kept }；请换更好的网络再运行 sync。
network-timeout = 服务器没有及时应答，{ -kept }；请稍后再运行 sync。
network-captive-portal = 当前网络要求先登录（酒店、商场等的上网认证页）；请打开浏览器完成认证，再运行 sync。
network-certificate-time = 按本机时间，服务器证书不在有效期内；请核对本机的日期和时间，仍不行请联系{ -office }。
network-tls = 无法建立安全连接：服务器证书不受信任；请勿继续，请核对服务器地址或联系{ -office }。
network-plain-text = 这个端口不提供安全连接（https）；请核对服务器地址和端口，不要改用 http，仍不行请联系{ -office }。
network-authority = 证书文件无法使用；请向{ -office }重新索取 PEM 格式的证书文件。
network-wrong-server = 这个地址不是代办服务器；请核对地址，已登记的设备用 connect --server 更正。
network-busy = 服务器繁忙或正在维护，{ -kept }；请稍后再运行 sync。
network-broken = 通信内容损坏，{ -kept }；请再运行一次 sync，仍不行请联系{ -office }。

## The same while a device is being enrolled: it holds no records yet, and the command to repeat is another.

enrolling-unreachable = 连不上服务器，本机尚未登记；请检查网络后再次运行 enrol，设备登记码没有用掉。
enrolling-captive-portal = 当前网络要求先登录（酒店、商场等的上网认证页）；请打开浏览器完成认证，再次运行 enrol。
enrolling-no-answer = 服务器没有完整应答，登记没有完成；请在网络稳定时再次运行 enrol，设备登记码如已被使用，请向{ -office }索取新的。
enrolling-wrong-server = 这个地址不是代办服务器，本机尚未登记；请核对地址后再次运行 enrol。

## The client's folder.

home-disk-full = 磁盘已满，{ $path }无法写入，本次内容没有保存；请清理磁盘后重新记录。
home-not-permitted = 没有权限读写{ $path }；请检查该文件夹的所有者，或用 --home 另选文件夹。
home-file = 无法读写{ $path }；请检查磁盘，或用 --home 另选文件夹。
home-key = 密钥文件{ $path }已损坏；请从备份恢复该文件，不要删除文件夹，未上传的记录还在里面。
home-key-lost = 缺少密钥文件{ $path }，已有记录无法打开；请从备份恢复该文件，不要重新登记。
home-busy = 另一个 daiban-field 正在使用{ $path }；请等它结束后再试。
