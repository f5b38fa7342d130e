// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/AddConnectionDialog.h"

#include "ui/style/Colors.h"
#include "ui/text/ErrorText.h"
#include "ui/text/Text.h"
#include "ui/widgets/Labels.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

namespace {

// Schemes that a libvirt client knows, with an optional "+transport".
bool isKnownScheme(const QString& uri)
{
    const QString scheme = uri.section(QStringLiteral("://"), 0, 0).section(QLatin1Char('+'), 0, 0);
    static const QStringList known { QStringLiteral("embedded"), QStringLiteral("qemu"),
        QStringLiteral("xen"), QStringLiteral("lxc"), QStringLiteral("test"), QStringLiteral("esx"),
        QStringLiteral("vpx"), QStringLiteral("gsx"), QStringLiteral("hyperv"),
        QStringLiteral("vbox"), QStringLiteral("bhyve"), QStringLiteral("openvz"),
        QStringLiteral("vz"), QStringLiteral("ch"), QStringLiteral("vmwareplayer"),
        QStringLiteral("vmwarews"), QStringLiteral("vmwarefusion"), QStringLiteral("remote") };
    return known.contains(scheme);
}

} // namespace

AddConnectionDialog::AddConnectionDialog(Context& context, QWidget* parent)
    : QDialog(parent)
    , m_context(context)
    , m_uri(new QComboBox)
    , m_verdict(wrappedLabel({}, QStringLiteral("connectionVerdict")))
    , m_connect(nullptr)
{
    setObjectName(QStringLiteral("addConnectionDialog"));
    setWindowTitle(tr("Add connection"));
    m_uri->setObjectName(QStringLiteral("connectionUri"));
    m_uri->setAccessibleName(tr("Address of the host"));
    m_uri->setEditable(true);
    m_uri->setInsertPolicy(QComboBox::NoInsert);
    m_uri->lineEdit()->setObjectName(QStringLiteral("connectionUriEdit"));
    m_uri->lineEdit()->setAccessibleName(tr("Address of the host"));
    m_uri->lineEdit()->setPlaceholderText(QStringLiteral("qemu+ssh://user@host/system"));
    fillChoices();

    auto* examples = mutedLabel(QString(), QStringLiteral("connectionExamples"));
    examples->setWordWrap(true);
    examples->setTextInteractionFlags(Qt::TextSelectableByMouse);
    examples->setText(tr("Examples:\n"
                         "embedded:///  this computer, without any service\n"
                         "embedded+ssh://user@host/  VirtDeck on another computer (ssh)\n"
                         "qemu:///system  libvirt on this computer\n"
                         "qemu+ssh://root@host/system  libvirt on another computer\n"
                         "xen+ssh://root@host/system, esx://root@host/, hyperv://user@host/"));

    auto* buttons = new QDialogButtonBox;
    m_connect = buttons->addButton(tr("Connect"), QDialogButtonBox::AcceptRole);
    m_connect->setObjectName(QStringLiteral("connectButton"));
    m_connect->setAccessibleName(m_connect->text());
    m_connect->setDefault(true);
    auto* cancel = buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    cancel->setObjectName(QStringLiteral("connectCancel"));
    cancel->setAccessibleName(cancel->text());
    connect(buttons, &QDialogButtonBox::accepted, this, &AddConnectionDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_uri, &QComboBox::editTextChanged, this, &AddConnectionDialog::validate);

    auto* label = new QLabel(tr("&Address of the host"));
    label->setObjectName(QStringLiteral("connectionUriLabel"));
    label->setBuddy(m_uri);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 16);
    layout->setSpacing(8);
    layout->addWidget(label);
    layout->addWidget(m_uri);
    m_verdict->setMinimumHeight(fontMetrics().lineSpacing() * 2);
    m_verdict->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    layout->addWidget(m_verdict);
    layout->addWidget(examples);
    layout->addStretch(1);
    layout->addWidget(buttons);
    setMinimumWidth(fontMetrics().averageCharWidth() * 72);
    m_uri->setFocus();
    validate();
}

void AddConnectionDialog::fillChoices()
{
    QStringList choices = m_context.settings.recentUris();
    for (const QString& usual : { QStringLiteral("embedded:///"), QStringLiteral("qemu:///system"),
             QStringLiteral("qemu:///session"), QStringLiteral("test:///default") }) {
        if (!choices.contains(usual))
            choices << usual;
    }
    m_uri->addItems(choices);
    m_uri->setCurrentIndex(-1);
    m_uri->clearEditText();
}

QString AddConnectionDialog::uri() const
{
    return m_uri->currentText().trimmed();
}

void AddConnectionDialog::validate()
{
    const Colors& colors = Colors::of(palette());
    const auto say = [&](const QString& text, const QColor& color, bool isUsable) {
        m_verdict->setText(text);
        setTextColor(m_verdict, color);
        m_connect->setEnabled(isUsable);
        m_connect->setToolTip(isUsable ? QString() : text);
    };
    if (uri().isEmpty()) {
        say(tr("Type an address or choose one."), colors.muted, false);
        return;
    }
    const auto parsed = hosts::HostUri::parse(uri());
    if (!parsed) {
        say(tr("Not an address yet: %1").arg(parsed.error().detail), colors.attention, false);
    } else if (m_context.workspace.hosts.find(*parsed)) {
        say(tr("This host is connected already."), colors.attention, false);
    } else if (!isKnownScheme(uri())) {
        say(tr("No hypervisor is known by that name. Examples are below."), colors.attention,
            false);
    } else {
        say(consequence(*parsed), colors.muted, true);
    }
}

QString AddConnectionDialog::consequence(const hosts::HostUri& uri) const
{
    if (uri.isEmbedded()) {
        return uri.dataFolder().isEmpty()
            ? tr("Runs machines on this computer, without any service or special right.")
            : tr("Runs machines on this computer; they are kept in %1.").arg(uri.dataFolder());
    }
    if (uri.isRemoteCore())
        return tr(
            "Runs machines on %1, where VirtDeck is installed, through ssh. Nothing has to run or "
            "listen there but sshd.")
            .arg(uri.hostName());
    if (uri.isLocal())
        return tr("Connects to libvirt on this computer.");
    return tr("Connects to %1 through libvirt. A password is asked for if one is needed; it is "
              "never part of the address.")
        .arg(uri.hostName());
}

void AddConnectionDialog::accept()
{
    if (!m_connect->isEnabled())
        return;
    const auto host = m_context.workspace.hosts.connectTo(uri());
    if (!host) {
        m_verdict->setText(ErrorText::of(host.error()).inOneLine());
        setTextColor(m_verdict, Colors::of(palette()).failed);
        return;
    }
    m_context.settings.addRecentUri(uri());
    Q_EMIT connected(*host);
    QDialog::accept();
}

} // namespace ui
