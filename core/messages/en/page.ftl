### The frame of every page, and the pages that say no.

-office = the task-force office

site-name = Daiban
other-language = 中文
lamp = { $lamp ->
        [green] on time
        [yellow] due soon
        [red] overdue
       *[other] nothing due
    }
address = address

## Pages that say no: the title, what happened, what to do next.

not-found = Page not found
not-found-what = The address may be incomplete, or its contents have moved.
not-found-next = Please check it. Enterprises: open the whole link from the office again, or ask the chief agent.
entrance = Please enter first
entrance-what = This page is for the staff of { -office }; this browser is not known yet.
entrance-next = Open the link that the server printed (…/enter?key=…), or type the office key below. The administrator keeps it.
wrong-key = The key is not right
wrong-key-what = The key does not match the server's.
wrong-key-next = Please check it with the administrator and try again.
broken = The page cannot be shown now
broken-what = The server could not read its data; nothing uploaded is lost.
broken-next = Please reload later, or ask the administrator.
busy = Too many readers just now
busy-what = The server is busy; nothing recorded is touched.
busy-next = Please open this page again in half a minute.
too-much = This case has more records than a page can tell
too-much-what = All of them are kept; only this page cannot show them.
too-much-next = Please ask the chief agent or { -office }.
too-often = Read too often
too-often-what = This address was opened too often within a minute; it may have been passed on to many. Nothing is lost.
too-often-next = Please open it again in { $seconds } seconds ({ $at }). Please do not pass the address on.

## Labels of the frame.

skip = Skip to content
navigation = Main
as-of = As of
beijing-time = {" "}(Beijing time)
office-key = Office key
enter = Enter
back = Back to the cases
pages = Pages
previous-page = Previous
next-page = Next
