// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/AddConnectionDialog.h"

#include "ui/dialogs/ConnectionAddress.h"
#include "ui/dialogs/ConnectionTrial.h"
#include "ui/style/Colors.h"
#include "ui/text/ErrorText.h"
#include "ui/text/Text.h"
#include "ui/widgets/Labels.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
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

using Kind = ConnectionAddress::Kind;
using Way = ConnectionAddress::Way;

QString nameOfKind(Kind kind)
{
    switch (kind) {
    case Kind::ThisComputer:
        return AddConnectionDialog::tr("VirtDeck's own machines on this computer");
    case Kind::VirtDeckOverSsh:
        return AddConnectionDialog::tr("VirtDeck's own machines on another computer (ssh)");
    case Kind::Qemu:
        return AddConnectionDialog::tr("QEMU/KVM through libvirt");
    case Kind::QemuSession:
        return AddConnectionDialog::tr("QEMU/KVM through libvirt, the user's own");
    case Kind::Xen:
        return AddConnectionDialog::tr("Xen through libvirt");
    case Kind::Lxc:
        return AddConnectionDialog::tr("LXC containers through libvirt");
    case Kind::Esx:
        return AddConnectionDialog::tr("VMware ESX or ESXi");
    case Kind::VCenter:
        return AddConnectionDialog::tr("VMware vCenter");
    case Kind::Test:
        return AddConnectionDialog::tr("libvirt's test driver (invented machines)");
    }
    return {};
}

constexpr int kOwnAddress = -1; // what is typed into the address

} // namespace

AddConnectionDialog::AddConnectionDialog(Context& context, QWidget* parent)
    : QDialog(parent)
    , m_context(context)
    , m_kind(new QComboBox)
    , m_computer(new QLineEdit)
    , m_user(new QLineEdit)
    , m_way(new QComboBox)
    , m_path(new QComboBox)
    , m_form(new QFormLayout)
    , m_uri(new QComboBox)
    , m_verdict(wrappedLabel({}, QStringLiteral("connectionVerdict")))
    , m_result(wrappedLabel({}, QStringLiteral("connectionTestResult")))
    , m_test(new QPushButton(tr("&Test")))
    , m_connect(nullptr)
{
    setObjectName(QStringLiteral("addConnectionDialog"));
    setWindowTitle(tr("Add connection"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 16);
    layout->setSpacing(8);
    layout->addLayout(makeForm());
    m_verdict->setMinimumHeight(fontMetrics().lineSpacing() * 2);
    m_verdict->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    layout->addWidget(m_verdict);
    m_result->setMinimumHeight(fontMetrics().lineSpacing() * 3);
    m_result->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_result->setTextFormat(Qt::PlainText);
    layout->addWidget(m_result);
    layout->addStretch(1);
    layout->addLayout(makeButtons());
    setMinimumWidth(fontMetrics().averageCharWidth() * 80);
    connect(m_uri, &QComboBox::editTextChanged, this, &AddConnectionDialog::validate);
    followKind();
    m_uri->setFocus();
    validate();
}

AddConnectionDialog::~AddConnectionDialog() = default;

QLayout* AddConnectionDialog::makeForm()
{
    for (const Kind kind : ConnectionAddress::kAllKinds)
        m_kind->addItem(nameOfKind(kind), static_cast<int>(kind));
    m_kind->addItem(tr("By its address"), kOwnAddress);
    m_kind->setCurrentIndex(m_kind->count() - 1);
    m_way->addItem(tr("ssh"), static_cast<int>(Way::Ssh));
    m_way->addItem(tr("TLS, with certificates"), static_cast<int>(Way::Tls));
    m_way->addItem(tr("TCP, not encrypted"), static_cast<int>(Way::Tcp));
    m_uri->setEditable(true);
    m_uri->setInsertPolicy(QComboBox::NoInsert);
    m_uri->lineEdit()->setObjectName(QStringLiteral("connectionUriEdit"));
    m_uri->lineEdit()->setAccessibleName(tr("Address of the host"));
    m_uri->lineEdit()->setPlaceholderText(QStringLiteral("qemu+ssh://user@host/system"));
    m_computer->setPlaceholderText(tr("name or address; empty for this computer"));
    m_user->setPlaceholderText(tr("as ssh or the host has it"));
    m_path->setEditable(true);
    m_path->setInsertPolicy(QComboBox::NoInsert);
    m_path->lineEdit()->setObjectName(QStringLiteral("connectionPathEdit"));
    m_path->lineEdit()->setAccessibleName(tr("Path to the host"));
    m_path->lineEdit()->setPlaceholderText(tr("datacenter/cluster/host; Test lists them"));
    const auto add = [this](const QString& label, const char* name, QWidget* field) {
        field->setObjectName(QString::fromLatin1(name));
        field->setAccessibleName(QString(label).remove(QLatin1Char('&')));
        m_form->addRow(label, field);
    };
    add(tr("&Kind"), "connectionKind", m_kind);
    add(tr("C&omputer"), "connectionComputer", m_computer);
    add(tr("&User"), "connectionUser", m_user);
    add(tr("&Path to the host"), "connectionPath", m_path);
    add(tr("Reached &by"), "connectionWay", m_way);
    add(tr("&Address of the host"), "connectionUri", m_uri);
    fillChoices();
    connect(m_kind, &QComboBox::currentIndexChanged, this, &AddConnectionDialog::followKind);
    connect(m_way, &QComboBox::currentIndexChanged, this, &AddConnectionDialog::compose);
    for (QLineEdit* edit : { m_computer, m_user, m_path->lineEdit() })
        connect(edit, &QLineEdit::textChanged, this, &AddConnectionDialog::compose);
    return m_form;
}

QLayout* AddConnectionDialog::makeButtons()
{
    m_test->setObjectName(QStringLiteral("connectionTest"));
    m_test->setAccessibleName(tr("Test the connection"));
    m_test->setAutoDefault(false);
    connect(m_test, &QPushButton::clicked, this, &AddConnectionDialog::test);
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
    auto* row = new QHBoxLayout;
    row->addWidget(m_test);
    row->addStretch(1);
    row->addWidget(buttons);
    return row;
}

/// What the form says, and which of its fields that kind has.
void AddConnectionDialog::followKind()
{
    const int kind = m_kind->currentData().toInt();
    const ConnectionAddress address { .kind = static_cast<Kind>(std::max(0, kind)) };
    const bool isRemote = kind != kOwnAddress && address.mayBeRemote();
    m_form->setRowVisible(m_computer, isRemote);
    m_form->setRowVisible(m_user, isRemote);
    m_form->setRowVisible(m_path, kind != kOwnAddress && address.kind == Kind::VCenter);
    m_form->setRowVisible(m_way, kind != kOwnAddress && address.hasWay());
    compose();
}

void AddConnectionDialog::compose()
{
    const int kind = m_kind->currentData().toInt();
    if (kind == kOwnAddress)
        return;
    const ConnectionAddress address { .kind = static_cast<Kind>(kind),
        .computer = m_computer->text().trimmed(),
        .user = m_user->text().trimmed(),
        .way = static_cast<Way>(m_way->currentData().toInt()),
        .path = m_path->currentText().trimmed() };
    m_isComposing = true;
    m_uri->setEditText(address.toUri());
    m_isComposing = false;
}

void AddConnectionDialog::fillChoices()
{
    // First what listens on this computer, then what was used, then what is always there.
    QStringList choices
        = localDaemons(QStringLiteral("/run"), qEnvironmentVariable("XDG_RUNTIME_DIR"));
    for (const QString& uri : m_context.settings.recentUris()
            + QStringList { QStringLiteral("embedded:///"), QStringLiteral("test:///default") }) {
        if (!choices.contains(uri))
            choices << uri;
    }
    m_uri->addItems(choices);
    m_uri->setCurrentIndex(-1);
    m_uri->clearEditText();
}

void AddConnectionDialog::test()
{
    const auto uri = hosts::HostUri::parse(this->uri());
    if (!uri)
        return;
    const Colors& colors = Colors::of(palette());
    showTest(tr("Connecting…"), colors.muted);
    m_trial = std::make_unique<ConnectionTrial>(m_context.workspace.hosts.make(*uri));
    connect(m_trial.get(), &ConnectionTrial::succeeded, this,
        [this, colors](const hosts::HostInfo& info, int machines, qint64 milliseconds) {
            const QString name = info.name.isEmpty() ? this->uri() : info.name;
            showTest(tr("It works: %1 on %2, %n machine(s), after %3 s.", nullptr, machines)
                         .arg(info.hypervisor, name,
                             QLocale().toString(double(milliseconds) / 1000, 'f', 1)),
                colors.running);
            m_trial.release()->deleteLater(); // it is the sender
        });
    connect(m_trial.get(), &ConnectionTrial::failed, this, [this, colors](const vmm::Error& error) {
        showTest(ErrorText::of(error).inOneLine(), colors.failed);
        offerPaths(error);
        m_trial.release()->deleteLater();
    });
    m_test->setEnabled(false);
    m_trial->start();
}

void AddConnectionDialog::showTest(const QString& text, const QColor& color)
{
    m_result->setText(text);
    setTextColor(m_result, color);
    m_test->setEnabled(m_connect->isEnabled());
}

/// A vCenter was asked for its hosts, since the path names none of them.
void AddConnectionDialog::offerPaths(const vmm::Error& error)
{
    const QStringList paths = error.detail.split(QLatin1Char('\n'), Qt::SkipEmptyParts).mid(1);
    if (error.cause != vmm::ErrorCause::HostNotChosen || paths.isEmpty())
        return;
    const QString typed = m_path->currentText();
    const QSignalBlocker blocker(m_path->lineEdit());
    m_path->clear();
    m_path->addItems(paths);
    m_path->setCurrentIndex(-1);
    m_path->setEditText(typed);
    if (m_path->isVisible())
        m_path->showPopup();
}

QString AddConnectionDialog::uri() const
{
    return m_uri->currentText().trimmed();
}

void AddConnectionDialog::validate()
{
    if (!m_isComposing && m_kind->currentData().toInt() != kOwnAddress) {
        // Typed by hand: the form would only contradict.
        const QSignalBlocker blocker(m_kind);
        m_kind->setCurrentIndex(m_kind->findData(kOwnAddress));
        followKind();
    }
    m_trial.reset();
    m_result->clear();
    const Colors& colors = Colors::of(palette());
    const auto say = [&](const QString& text, const QColor& color, bool isUsable) {
        m_verdict->setText(text);
        setTextColor(m_verdict, color);
        m_connect->setEnabled(isUsable);
        m_connect->setToolTip(isUsable ? QString() : text);
        m_test->setEnabled(isUsable);
        m_test->setToolTip(isUsable ? QString() : text);
    };
    if (uri().isEmpty()) {
        say(m_kind->currentData().toInt() == kOwnAddress ? tr("Type an address or choose one.")
                                                         : tr("Say which computer it is on."),
            colors.muted, false);
        return;
    }
    const auto parsed = hosts::HostUri::parse(uri());
    if (!parsed) {
        say(tr("Not an address yet: %1").arg(parsed.error().detail), colors.attention, false);
    } else if (m_context.workspace.hosts.find(*parsed)) {
        say(tr("This host is connected already."), colors.attention, false);
    } else if (!isKnownScheme(uri())) {
        say(tr("No hypervisor is known by that name. Choose its kind above."), colors.attention,
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
