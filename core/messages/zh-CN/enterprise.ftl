### The page of an enterprise: how far its project is.

-tables = 《代办服务流程表》

progress = 代办进度
your-project = 您的项目
stopped = 登记有误，已停止办理
held = { $title }（{ $original ->
        [true] 原件
       *[false] 复印件
    }{ $copies }份）

## What comes next.

due = { $overdue ->
        [true] 原定最迟
       *[false] 最迟
    } { $day }{ $provisional ->
        [true] （暂定）
       *[false] {""}
    }
table-of-group = { $group }编制代办服务流程表
table = 编制代办服务流程表
letter = 签订《代办服务委托书》
letter-then = 签订后开始代办，由首席代办员与您联系。
approvals = 按{ -tables }逐项组织办理
approvals-planned = 各组流程表报齐、代办方案确定后，逐项组织办理。
approvals-under-way = 审批结果按您选择的方式当面递交或邮寄送达。

## Questions.

answered = 已答复
answered-on = { $day } 答复
waiting = 待答复
answer-due = 最迟答复 { $day }

## Headings and labels.

stopped-page = 本项目的登记有误，已停止办理，本页不再更新。如有疑问，请按下方“联系我们”联系首席代办员或办公室。
coming = 接下来
questions = 您的问询
no-questions = 还没有问询。有问题请联系首席代办员。
papers = 暂存我处的材料
contact = 联系我们
chief = 首席代办员
no-phone = 办公电话由办公室另行告知。
free = 代办服务一律免费；只有法律法规明确规定由建设单位交纳的费用除外（二(二)）。
happened = 办理经过
nothing-happened = 还没有可以公布的经过。
for-you-only = 本页面仅供本项目建设单位查询，请勿转发链接。页面不显示内部记录和个人信息。
stages = 阶段
stage-now = 当前阶段：{ $stage }
asked-on = { $day } 提出
