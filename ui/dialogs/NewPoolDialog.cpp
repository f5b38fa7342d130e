// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/NewPoolDialog.h"

#include "ui/dialogs/XmlDialog.h"
#include "ui/text/ResourceText.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRegularExpression>

namespace ui {

using models::PoolField;
using models::PoolKind;

namespace {

const auto kXml = QStringLiteral("xml");
const auto kXmlExample = QStringLiteral("<pool type='dir'>\n  <name>images</name>\n  <target>\n"
                                        "    <path>/srv/images</path>\n  </target>\n</pool>\n");

constexpr PoolField kTextFields[] = { PoolField::Host, PoolField::Path, PoolField::Devices,
    PoolField::SourceName, PoolField::Initiator, PoolField::Target, PoolField::Login };

QString name(PoolField field)
{
    return QStringLiteral("Field%1").arg(static_cast<int>(field));
}

} // namespace

NewPoolDialog::NewPoolDialog(QWidget* parent)
    : FormDialog(QStringLiteral("newPool"), tr("New storage pool"), tr("Create"), parent)
    , m_type(new QComboBox)
    , m_name(new QLineEdit)
{
    for (const PoolKind& each : models::poolKinds()) {
        m_type->addItem(ResourceText::poolType(each.type), each.type);
        m_type->setItemData(
            m_type->count() - 1, ResourceText::poolTypeTip(each.type), Qt::ToolTipRole);
    }
    m_type->addItem(tr("Another one, as XML"), kXml);
    m_type->setMaxVisibleItems(m_type->count());
    add(tr("&Name"), "Name", m_name); // first: that is where one begins to type
    add(tr("T&ype"), "Type", m_type);
    addFields();
    m_xml = XmlDialog::makeEditor(kXmlExample);
    add(tr("&XML"), "Xml", m_xml);
    m_build = add(QString(), "Build", new QCheckBox);
    m_start = add(QString(), "Start", new QCheckBox(tr("Start it &at once")));
    m_autostart = add(QString(), "Autostart", new QCheckBox(tr("Start it with its &host")));
    m_start->setAccessibleName(tr("Start it at once"));
    m_autostart->setAccessibleName(tr("Start it with its host"));
    m_start->setChecked(true);
    m_autostart->setChecked(true);
    connect(m_type, &QComboBox::currentIndexChanged, this, &NewPoolDialog::noteType);
    connect(m_name, &QLineEdit::textChanged, this, &NewPoolDialog::noteName);
    setProblem([this] { return why(); });
    setConsequence([this] { return what(); });
    setRun([this] { Q_EMIT chosen(); });
    noteType();
    m_name->setFocus();
}

void NewPoolDialog::addFields()
{
    for (const PoolField field : kTextFields) {
        auto* edit = new QLineEdit;
        add(ResourceText::poolField(field, {}), name(field).toLatin1().constData(), edit);
        m_fields.insert(field, edit);
    }
    m_secret = add(tr("Se&cret (UUID)"), "Secret", new QLineEdit);
    m_secret->setToolTip(tr("Of a secret that libvirt on the host keeps: virsh secret-define"));
    m_format = add(ResourceText::poolField(PoolField::Format, {}), "Format", new QComboBox);
}

PoolKind NewPoolDialog::kind() const
{
    return models::poolKindOf(m_type->currentData().toString());
}

bool NewPoolDialog::isXml() const
{
    return m_type->currentData().toString() == kXml;
}

void NewPoolDialog::noteType()
{
    const PoolKind kind = this->kind();
    const bool isForm = !isXml();
    form()->setRowVisible(m_xml, !isForm);
    form()->setRowVisible(m_name, isForm);
    for (auto field = m_fields.cbegin(); field != m_fields.cend(); ++field) {
        form()->setRowVisible(field.value(), isForm && kind.takes(field.key()));
        if (auto* label = qobject_cast<QLabel*>(form()->labelForField(field.value())))
            label->setText(ResourceText::poolField(field.key(), kind.type));
        field.value()->setPlaceholderText(ResourceText::poolFieldHint(field.key(), kind.type));
    }
    form()->setRowVisible(m_secret, isForm && kind.takes(PoolField::Login));
    form()->setRowVisible(m_format, isForm && kind.takes(PoolField::Format));
    m_format->clear();
    for (const QString& each : kind.formats)
        m_format->addItem(each, each);
    const bool canBuild = isForm && kind.build != PoolKind::Build::Never;
    const bool isHarmless = kind.build == PoolKind::Build::Harmless;
    form()->setRowVisible(m_build, canBuild);
    m_build->setText(isHarmless ? tr("&Make the folder if it is not there")
                                : tr("&Format what it is made of: all data on it is lost"));
    m_build->setAccessibleName(QString(m_build->text()).remove(QLatin1Char('&')));
    m_build->setChecked(canBuild && isHarmless);
    m_type->setToolTip(ResourceText::poolTypeTip(kind.type));
    noteName();
    adjustSize();
    validate();
}

/// The folder follows the name until somebody types another one.
void NewPoolDialog::noteName()
{
    QLineEdit* target = m_fields.value(PoolField::Target);
    if (!target->isModified())
        target->setText(models::usualPoolTarget(kind(), m_name->text().trimmed()));
}

QString NewPoolDialog::text(PoolField field) const
{
    return kind().takes(field) && m_fields.contains(field) ? m_fields.value(field)->text().trimmed()
                                                           : QString();
}

hosts::NewPool NewPoolDialog::pool() const
{
    hosts::NewPool pool { .name = m_name->text().trimmed(),
        .type = kind().type,
        .isStarted = m_start->isChecked(),
        .isAutostart = m_autostart->isChecked() };
    if (isXml()) {
        pool.xml = m_xml->toPlainText();
        return pool;
    }
    pool.target = text(PoolField::Target);
    pool.host = text(PoolField::Host);
    pool.path = text(PoolField::Path);
    pool.devices = text(PoolField::Devices)
                       .split(QRegularExpression(QStringLiteral("[\\s,]+")), Qt::SkipEmptyParts);
    pool.sourceName = text(PoolField::SourceName);
    pool.initiator = text(PoolField::Initiator);
    pool.user = text(PoolField::Login);
    if (!pool.user.isEmpty())
        pool.secret = m_secret->text().trimmed();
    if (kind().takes(PoolField::Format))
        pool.format = m_format->currentData().toString();
    pool.isBuilt = kind().build != PoolKind::Build::Never && m_build->isChecked();
    return pool;
}

QString NewPoolDialog::why() const
{
    if (isXml())
        return XmlDialog::problem(m_xml->toPlainText(), QStringLiteral("pool"));
    if (m_name->text().trimmed().isEmpty())
        return tr("Give the pool a name.");
    if (m_name->text().contains(QLatin1Char('/')))
        return tr("The name of a pool has no slash.");
    const PoolKind kind = this->kind();
    const hosts::NewPool wanted = pool();
    const auto missing = models::missingFields(kind, wanted);
    if (!missing.isEmpty()) {
        const QString field = ResourceText::poolField(missing.first(), kind.type);
        return missing.first() == PoolField::Target
            ? tr("Say where its volumes are to be found: a path that begins with a slash.")
            : tr("Still missing: %1").arg(QString(field).remove(QLatin1Char('&')));
    }
    if (!wanted.user.isEmpty() && wanted.secret.isEmpty())
        return tr("Name the secret that the user logs in with.");
    return {};
}

QString NewPoolDialog::what() const
{
    if (m_build->isVisibleTo(this) && m_build->isChecked()
        && kind().build == PoolKind::Build::Destructive)
        return tr("All data on the devices is lost. If there is something on them already, nothing "
                  "is done.");
    return isXml() ? tr("Libvirt on the host judges the definition.")
                   : ResourceText::poolTypeTip(kind().type);
}

} // namespace ui
