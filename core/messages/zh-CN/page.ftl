### The frame of every page, and the pages that say no.

-office = 办公室

site-name = 帮办代办
other-language = English
lamp = { $lamp ->
        [green] 正常
        [yellow] 临期
        [red] 超期
       *[other] 无待办
    }
address = 该地址

## Pages that say no: the title, what happened, what to do next.

not-found = 没有找到这个页面
not-found-what = 网址可能不完整，或者内容已经变更。
not-found-next = 请核对网址；企业用户请重新打开{ -office }发来的完整链接，或联系首席代办员。
entrance = 请先进入
entrance-what = 本页面仅供{ -office }工作人员使用，浏览器尚未登记。
entrance-next = 请打开服务器启动时显示的进入链接（…/enter?key=…），或在下面输入办公口令。口令由系统管理员保管。
wrong-key = 口令不正确
wrong-key-what = 输入的办公口令与服务器的不一致。
wrong-key-next = 请向系统管理员核对后重新输入，注意不要多带空格。
broken = 页面暂时打不开
broken-what = 服务器读取数据时出错，已记入日志；已经上传的记录不受影响。
broken-next = 请稍后刷新；若仍打不开，请联系系统管理员。
busy = 现在查看的人较多
busy-what = 服务器正忙，本页暂时没有取出；已经登记的内容不受影响。
busy-next = 请过半分钟再打开本页。
too-much = 本项目的记录过多，网页放不下
too-much-what = 记录都已完整保存，只是不能在网页上显示。
too-much-next = 请联系首席代办员或{ -office }了解进度。
too-often = 查看过于频繁
too-often-what = 这个网址一分钟内被打开的次数过多，可能是转发给了很多人。内容没有丢失。
too-often-next = 请在{ $seconds }秒后（{ $at }）再打开本页。请勿转发链接。

## Labels of the frame.

skip = 跳到正文
navigation = 主导航
as-of = 数据时间
beijing-time = （北京时间）
office-key = 办公口令
enter = 进入
back = 返回项目列表
pages = 翻页
previous-page = 上一页
next-page = 下一页
