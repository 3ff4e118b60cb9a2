// Opens the Inbox of a mailbox by impersonation, as any EWS program would, and
// prints what it found, and how long the first call took with its connection.
//
//   LAB_PASSWORD=… NODE_EXTRA_CA_CERTS=ca.pem node bind.js URL ACCOUNT MAILBOX [ntlm]
//
// The password comes in the environment so that no process list shows it.
const ews = require("ews-javascript-api");

const [url, account, mailbox, scheme] = process.argv.slice(2);

const service = new ews.ExchangeService(ews.ExchangeVersion.Exchange2013);
service.Credentials = new ews.ExchangeCredentials(account, process.env.LAB_PASSWORD);
if (scheme === "ntlm") {
  const { XhrApi } = require("@ewsjs/xhr");
  service.XHRApi = new XhrApi().useNtlmAuthentication(account, process.env.LAB_PASSWORD);
}
service.Url = new ews.Uri(url);
service.ImpersonatedUserId = new ews.ImpersonatedUserId(ews.ConnectingIdType.SmtpAddress, mailbox);
service.HttpHeaders.Add("X-AnchorMailbox", mailbox);

async function main() {
  const begun = performance.now();
  const inbox = await ews.Folder.Bind(service, ews.WellKnownFolderName.Inbox);
  const bindMS = performance.now() - begun;
  const found = await service.FindItems(ews.WellKnownFolderName.Inbox, new ews.ItemView(5));
  const people = await service.ResolveName(mailbox);
  console.log(JSON.stringify({
    bindMS,
    name: inbox.DisplayName,
    total: inbox.TotalCount,
    unread: inbox.UnreadCount,
    items: found.Items.length,
    more: found.MoreAvailable,
    person: people._getItem(0).Mailbox.Name,
    server: service.ServerInfo.VersionString,
    build: [service.ServerInfo.MajorVersion, service.ServerInfo.MinorVersion, service.ServerInfo.MajorBuildNumber].join("."),
  }));
}

main().catch((error) => {
  console.error(String((error && error.message) || error));
  process.exit(1);
});
