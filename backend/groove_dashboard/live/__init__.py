"""The live core: which topics are watched, what their newest state is, and what each connection is owed.

Sans-IO: nothing here knows aiohttp or SQL, and time comes in through a `Clock`. Facts change -> `Hub.mark`; the
`Driver` reads what is due and hands it to `Hub.refreshed`; the hub tells each `Session` which topics it owes; the shell
around a session feeds it what arrives (`received`) and sends what it gives (`take`).
"""
