### Rulings: late work, sending back, adopting and taking in what lies in quarantine.

-office = 办公室

not-the-receiver = 该项目的记录由该项目的首席代办员或{ -office }认定、退回，请转告。

## Late work.

ruled = 记录 { $fact } 经认定{ $accepted ->
        [true] 予以采纳
       *[false] 不予采纳
    }（第{ $row }号）。
corrected-since = 该记录已由作者更正，以更正后的记录为准，不需要认定。
nothing-to-rule = 该记录{ $verdict }，不需要认定。

## Sending back.

returned = { $record }已退回，原因：{ $reason }。{ $then }
then = { $said }。
record-of-row = { $kind }（第{ $row }号）
without-letter = 更正前不再起算各项时限，更正后按更正的签订日期计算
without-table = 所涉时限按原截止日继续计算
another-stands = 另有第{ $row }号记录仍有效，如同样有误请一并退回
returned-notice = 【退回】{ $title }：{ $record }由{ $by }退回，原因：{ $reason }。请更正后重报{ $meanwhile }。（依据：{ $clause }）
meanwhile = ；{ $said }
not-returnable = 该类记录不退回；内容有误请记录人用“更正”改正，迟到的请用“迟到记录认定”。
either = { $one }或{ $other }
returned-by = { $kind }由{ $roles }退回，请转告。
case-closed = 该项目已按登记有误关闭，不再退回记录；确需办理请先用 case reopen 恢复。
amended-meanwhile = 该记录已由第{ $row }号记录更正，请退回更正后的那一份。
returned-before = 该记录{ $sent-back }，无需重复退回。
waits-for-ruling = 该记录待认定，请先作出认定（ruling late），予以采纳后仍需更正的再退回。
does-not-count = 该记录{ $verdict }，本就不计入，无需退回。

## What lies in quarantine.

adopted = 暂存记录{ $number }已采纳为项目 { $case } 第{ $row }号记录。
adopted-before = 该记录已采纳（{ $fact }），无需重复。
not-author = 署名与设备持有人不一致，不能采纳；请由本人重新记录。
arrived-meanwhile = 该记录此后已正常到达并编号，无需采纳。
not-adoptable = 该记录的内容无法安全读取，不能直接采纳；请联系记录人重新记录，或由{ -office }代为录入（case record）。
taken-in = 暂存记录{ $number }所在的{ $rows }条记录已按原样收入项目 { $case }。
taken-in-before = 该记录已收入（{ $fact }），无需重复。
not-set-aside = 该暂存记录不是因未列入项目名单而暂存的，不能按原样收入；如内容属实，请用“补录暂存的记录”（ruling adopt）。
seat-missing = 记录人在记录时不在本项目代办团队；请先用 case assign 列入名单，起始时间不晚于记录时间，再收入该记录。
