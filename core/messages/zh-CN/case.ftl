### What a case is, and what became of its records.

-office = 办公室
-asks-office = 待{ -office }认定
-correct = 填写有误请用“更正”

unnamed = （未命名项目）
unnumbered = 未编号
closed = 登记有误（{ $reason }）
late-letter = 委托书签订于{ $signed }，{ $heard }收到；此前各周不再逐周催报。
contested = { $what }有{ $records }份记录不一致，暂按较早的计算；请首席代办员核对原件并用“更正”统一。
sent-back = 已退回（原因：{ $reason }；{ $corrected ->
        [true] 已另行更正
       *[false] 请更正后重报
    }）
written-by-later = 待识别记录（{ $kind }）

## A thing of which a case has one.

single-opening = 项目登记信息
single-letter = 代办服务委托书

## Stages.

stage-lead = 线索
stage-planning = 编制流程表
stage-underway = 实施

## Verdicts.

effective = 已生效
void = 无效
late = 待认定
unrecognised = 待识别
duplicate-id = 编号重复
returned = 已退回
with-reason = { $verdict }（{ $reason }）

## Why a record is void or waits.

why-not-author = 署名与设备持有人不一致，请用本人设备重新记录。
why-unreadable = 记录时间超出可读取的范围，或缺少必要内容；请核对日期后重新记录，仍无效请更新应用。
why-fields = 字段不符合该类记录的要求，请按提示更正后重新记录。
why-ineligible = 投资额不足代办起点且无党委、政府决定文号，不属于代办范围。
why-not-member = 记录时不在本项目代办团队，请联系{ -office }。
why-role-may-not = 您的岗位无权登记此类事项，请由相应人员登记。
why-before-letter = 尚未签订《代办服务委托书》，不能开展代办事项；请先登记委托书。
why-membership-ended = 记录到达时已调离本项目，{ -asks-office }。
why-token-expired = 离线超过30天，记录时间{ -asks-office }。
why-reference-unknown = 所填人员或单位不在名录，{ -asks-office }；{ -correct }改选。
why-letter-enterprise = 委托书的建设单位与项目登记的建设单位不一致，{ -asks-office }；{ -correct }改正，单位更名请先更正项目登记。
why-letter-chief = 委托书的首席代办员在签订之日和记录之时均不任本项目首席代办员，{ -asks-office }；{ -correct }改正。
why-agent-foreign = 流程表中有代办员不属于该行审批部门，{ -asks-office }；{ -correct }改正。
why-receipt-unknown = 所对应的收件记录不在本项目，{ -asks-office }；{ -correct }改选。
why-week-closed = 所报“无变化”的周尚未开始或已截止，{ -asks-office }；周次有误请用“更正”改正。
why-amends-unknown = 所更正的记录不存在，请同步后重新选择。
why-amends-foreign = 只能更正本人的记录，请联系原记录人或首席代办员。
why-already-open = 本项目已登记，请勿重复登记；如需更正请用“更正”。
why-inquiry-unknown = 所答复的问询不存在，请同步后重新选择。
why-implausible-date = 日期早于实施方案印发、晚于记录之时，或委托书签订已逾180天，{ -asks-office }；日期有误请用“更正”改正。
why-returned = 请按退回原因更正后重报。
why-rejected = 经认定不予采纳。
why-of-later-version = 本机版本不认识该理由，请更新应用。
