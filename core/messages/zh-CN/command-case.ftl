### Commands about cases: the team, records made at the console, the contact, closing.

-office = 办公室

## The team.

joined = { $name }（{ $role }）已加入代办团队。{ $gaps }
parted = { $name }（{ $role }）已退出本项目。{ $gaps }
not-on-case = { $person }目前不在本项目代办团队，无需退出。
several-seats = { $person }在本项目有多个角色，请用 --role 和 --group 指明退出哪一个。

## Records.

recorded = 项目 { $case } 第{ $row }号记录：{ $verdict }（记录编号 { $fact }）{ $notes }
note = ；注意：{ $note }
returned-surplus = { $title }移交多于收到，请核对；收件记录尚未上传的，上传后自动相符。
letter-not-in-person = 委托书由首席代办员本人登记，不能代录；请首席代办员在本人设备上登记（daiban-field），或以本人身份录入。
opening-first = 新项目的第一条记录应为项目登记（case_opened），请先登记项目，或填写项目编号。
may-not-open = { $name }（{ $role }）不能登记项目，请用 --for 指定代办员、代办专员或首席代办员。
date-in-doubt = { $asked }没有保存；日期有误请改正，核对无误请注明（--sure）后再提交。
fields-unfit = 记录内容应为一组“栏目：值”，请按接口文档更正。
kind-unknown = 没有名为“{ $kind }”的记录种类，请填写：{ $kinds }。
person-unknown = 没有名为“{ $person }”的工作人员{ $near }，请填写人员编号、姓名或“姓名@单位”（daiban person list 可查）。
near = ，相近的有：{ $names }
too-long-to-seal = 个人信息内容过长，无法加密保存，请精简后重试。

## The contact.

contact = { $case } 经办人：{ $contact }（本次查阅及用途已记入操作日志）
contact-for-team = 只有本项目代办团队成员和{ -office }可以查阅经办人信息，请联系首席代办员。
contact-sealed = 该项目经办人信息的密钥尚未上传或已按规定清除，请向登记人了解，或请其同步后重试。

## Closing.

closed = 已按登记有误关闭项目 { $case }（第{ $row }号），不再计算应办事项；记录全部保留。
closed-before = 该项目已按登记有误关闭，无需再次关闭；需要继续办理请用 case reopen。
reopened = 已恢复办理项目 { $case }（第{ $row }号），应办事项照常计算。
not-closed = 该项目没有关闭，无需恢复。
