"""Opens the Inbox of a mailbox by impersonation with exchangelib.

    LAB_PASSWORD=... REQUESTS_CA_BUNDLE=ca.pem python3 bind.py URL ACCOUNT MAILBOX SCHEME

SCHEME is basic, ntlm, or guess, which lets the library find out by itself.
"""

import os
import sys

from exchangelib import BASIC, IMPERSONATION, NTLM, Account, Configuration, Credentials

url, account, mailbox, scheme = sys.argv[1:]
config = Configuration(
    service_endpoint=url,
    credentials=Credentials(account, os.environ["LAB_PASSWORD"]),
    auth_type={"basic": BASIC, "ntlm": NTLM, "guess": None}[scheme],
    max_connections=1,
)
opened = Account(mailbox, config=config, autodiscover=False, access_type=IMPERSONATION)
items = list(opened.inbox.all().only("id"))
person = opened.protocol.resolve_names(["smtp:" + mailbox])[0]
print(opened.inbox.name, opened.inbox.total_count, len(items), person.name, opened.version.build)
