### The story that `daiban demo` tells; its people are made up.

## Act 1: a case is opened without signal.

act-one = 第一幕 第6周：没有信号也能登记项目
device-enrolled = { $role }{ $name }用一次性设备登记码登记设备，双方核对确认号 { $number }
date-refused = 填写日期“{ $typed }”被拒绝：{ $why }
opened-offline = 张伟在工地现场（无信号）登记项目：新能源电池生产基地项目，2.5亿元
kept-on-phone = 记录已存本机，待上传
uploaded = 晚上有信号后上传，已生效
team-assigned = 办公室组建1+3+N代办团队
written-at-once = 张伟和李昇玥同时离线登记同一项目
both-stand = 两条记录都在，两台设备看到的相同

## Act 2: the letter is signed.

act-two = 第二幕 第6周：签订委托书，时限开始
too-early = 张伟在委托书签订前登记收到材料
kept-void = 该记录保留并注明：{ $why }
letter-recorded = 首席代办员孙立登记委托书：首席2月5日签字，企业2月6日盖章
letter-effective = 委托书已生效
table-due = { $group }流程表：{ $day }（2月6日后第{ $days }个工作日，春节9天不计，2月14日、28日调休上班计入）

## Act 3: before the holiday.

act-three = 第三幕 第7周：节前周报定稿
asked = 企业电话问询，张伟登记；次日答复
answered-in-time = 1个工作日内答复，按期（四(四)4）
clock-fast = 李昇玥的手机时钟快了两天，写日志并上传
time-doubtful = 记录时间按到达时间收紧，并标“时间存疑”
awaits-ruling = 本周应报进展“待认定”，手机时钟不能单独证明按期
met-by-ruling = 办公室认定后，应办事项完成
log-in-time = 张伟的日志按时上传
log-unseen = 张伟在山区又写一条，手机没电，节后才能上传
week-confirmed = 2月14日（周六，调休上班）三个组的代办专员确认本周周报
confirmed-in-time = 周报按期完成：本周最后一个工作日是周六
log-in-report = 张伟的日志已写入调度组周报
week-of-holidays = 第8周整周放假（2月16日至22日）
report-refused = 第8周不报周报：{ $why }
not-refused = 未被拒绝

## Act 4: after the holiday.

act-four = 第四幕 第9周：补报、调整、当面转交
late-arrived = 节后首个工作日，张伟2月13日的日志才到达
frozen-unchanged = 已定稿的第7周周报一字未变
week-sent = 调度组将第7周书面报告报送，并抄送办公室
late-supplemented = 迟到的日志列入区级周报“补报”，注明发生与到达两个日期
log-unsent = 张伟离线写日志，尚未上传
reassigned = 张伟调离本项目，王喆接任
late-kept = 调离前写、调离后到的日志：待认定，没有丢
late-adopted = 办公室采纳后，全组都看到该日志已生效
case-withdrawn = 项目已从张伟设备收回，本人记录仍可查
bundle-exported = 李昇玥的设备上不了网，导出 { $bytes } 字节的文件交周敏带走
bundle-delivered = 经周敏设备送达，署名仍是李昇玥，签名可验证
bundle-once = 李昇玥恢复联网后重复上传，不产生第二条
weeks-confirmed = 2月28日（周六，调休上班）第8至9周周报定稿
frozen-still = 第7周周报仍未变
weeks-sent = 第8至9周书面报告报送
week-owes-none = 第8周无须报送周报

## Act 5: the fifteenth working day.

act-five = 第五幕 第10周：十五个工作日到期
tables-submitted = { $one }报送《代办服务流程表》，{ $other }答复“本组无代办事项”
deadline-over = 3月5日已过，{ $group }未报送；夜间作业运行两次
table-overdue = { $group }流程表：已逾期
notices-once = 催办通知 { $count } 条，重复运行不重复发送
table-after-all = { $group }补报流程表
met-late = 记为逾期完成，不改写历史
equal-duties = 服务器与手机算出的 { $count } 项时限完全一致
frozen-after-weeks = 五周之后，定稿的周报仍一字未变
chains-verified = 全部链条核验通过：{ $found }
verified = { $rows }行、{ $signatures }张签名
enterprise-sees = 企业页面看得到本项目进度，看不到内部日志和人员姓名
link-unguessable = 猜测的链接一律不存在
