// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/consoles/ScreenTrust.h"

#include "ui/Settings.h"
#include "ui/consoles/OpenConsole.h"

#include <QCoreApplication>
#include <QFileDialog>

namespace ui {

using Protocol = vmm::ConsoleEndpoint::Protocol;

namespace {

struct TrustWords {
    Q_DECLARE_TR_FUNCTIONS(ui::ScreenTrust)
};

QString keyFor(const hosts::Host& host, Protocol protocol)
{
    return Settings::viewOfHost(
        QStringLiteral("screen-authority-") + vmm::nameOf(protocol), host.uri().toString());
}

} // namespace

void ScreenTrust::apply(const Settings& settings, OpenConsole& console)
{
    const hosts::Host* host = console.vm().host;
    if (!host)
        return; // a connection file names its own
    for (const Protocol protocol : { Protocol::Spice, Protocol::Vnc })
        console.setAuthority(protocol, settings.view(keyFor(*host, protocol)).toString());
}

bool ScreenTrust::isQuestioned(const OpenConsole& console)
{
    // A certificate names a host: what comes through a way of ours is not checked against one.
    return console.vm().host && console.session().endpoint().unixSocket.isEmpty()
        && console.session().state() == console::SessionState::Lost
        && console.session().endReason() == console::EndReason::TlsFailed;
}

void ScreenTrust::choose(Settings& settings, OpenConsole& console, QWidget* parent)
{
    const hosts::Host* host = console.vm().host;
    if (!host)
        return;
    const Protocol protocol = console.session().endpoint().protocol;
    auto* dialog = new QFileDialog(parent,
        TrustWords::tr("Certificate of the authority that signs this host's screens"), {},
        TrustWords::tr("Certificates (*.pem *.crt *.cer);;All files (*)"));
    dialog->setObjectName(QStringLiteral("screenAuthorityDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    QObject::connect(dialog, &QFileDialog::fileSelected, &console,
        [&settings, &console, protocol, key = keyFor(*host, protocol)](const QString& path) {
            settings.setView(key, path);
            console.setAuthority(protocol, path);
            console.reconnect();
        });
    dialog->open();
}

} // namespace ui
