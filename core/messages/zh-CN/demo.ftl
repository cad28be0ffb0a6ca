### What `daiban demo` says beside its story.

summary = { $held } 项结果成立，{ $failed } 项不成立
parts = 服务器 { $url }    数据 { $data }    存储 { $store }
cannot-wait = 无法等待 Ctrl-C，演示结束。
folder-taken = 文件夹 { $folder } 不是空的，请换一个或先清空。
store-taken = 数据库 { $address } 不是空库，演示不写入已有数据，请新建一个空库。
command-refused = 演示中断，办公室命令未执行：{ $why }
field-failed = 演示中断，外勤端出错：{ $why }
answer-wrong = 演示中断，服务器回答有误：{ $what }
input-output = 演示中断（{ $why }），请检查临时文件夹的空间和权限后重试。

## Where to look when it is over.

how-to-look = 怎样查看（Ctrl-C 结束）
office-pages = 办公页面
enterprise-page = 建设单位页面（无需登录）
field-client = 外勤端
interface = 接口
data = 数据
