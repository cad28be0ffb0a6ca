### The server's own work: the night, the proof of what is stored.

## What is being done.

recognising = 识别新类别的记录
computing = 重算有新记录的项目
closing = 关闭报送周期
sweeping = 检查应办事项
verifying = 核验
backing-up = 备份
verifying-cases = 核验项目链条与签名
verifying-audit = 核验操作日志
verifying-reports = 核验定稿的周报
verifying-derived = 核对重新计算的结果

## What came of a night.

no-backup = 无
night-done = { $day }夜间作业完成：重算{ $computed }个项目，起草周报{ $drafted }份，通知{ $notices }条（催办{ $urged }、督办{ $escalated }），撤回通知{ $withdrawn }条，备份{ $backup }，核验{ $links }个链接。
night-early = { $day }夜间作业已提前执行，到点后还会再执行一次；通知{ $notices }条。
night-running = { $day }夜间作业正在进行，请稍后查看。
night-done-before = { $day }夜间作业此前已完成，不再重复。
night-to-come = { $day }还没有到，请在当天{ $time }之后执行。

## What is not as it was written.

finding = 核验不通过：{ $table } { $row }：{ $what }。请停止服务，保留现场，用备份比对后处理。
link-broken = 与前一行不相接
report-changed = 定稿后的内容被改动
derived-differs = 与重新计算的结果不一致

## Records of kinds that the server came to know.

recognised-reason = 服务器更新后能够识别该类记录，按其到达时的情形重新认定。
