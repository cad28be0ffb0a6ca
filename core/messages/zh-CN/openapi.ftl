### The API's document: what it is, and each of its addresses.

description = 帮办代办服务接口。办公室以办公口令（office.token）为 Bearer；设备以 daiban-signature 签名：签名覆盖方法、路径和 daiban-device、daiban-counter、content-digest、content-length 请求头，daiban-protocol 写明协议版本。出错时返回 RFC 9457 问题文档，中文在前：400 表示无法读取，422 表示可以读取但不能办理。

## Addresses.

health = 服务是否正常
document = 本文档
enrol-begin = 设备登记第一步
enrol = 设备登记
sync = 同步一轮
bundle = 导入记录包
commands = 办公室命令
cases = 项目列表
case = 项目
case-facts = 项目记录
case-duties = 项目应办事项
case-export = 导出 Automerge 文件
duties = 应办事项
notices = 催办与督办通知
reports = 周报列表
district-report = 全区周报
group-report = 工作组周报
quarantine = 暂存的记录
workdays-add = 第 n 个工作日
workdays-between = 工作日数
workdays-check = 是否工作日
week = 周报周次
