// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/TypeTextDialog.h"

#include "console/ConsoleSession.h"
#include "ui/Settings.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Named.h"
#include "vmm/base/Background.h"

#include <QClipboard>
#include <QComboBox>
#include <QCompleter>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QGuiApplication>
#include <QInputMethod>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QShortcut>
#include <QSpinBox>
#include <QVBoxLayout>

namespace ui {

namespace {

using console::KeyboardLayout;
using console::LayoutName;
using console::TextTyper;

const auto kTypingKey = QStringLiteral("console-typing");
constexpr QKeyCombination kTypeKeys(Qt::CTRL | Qt::Key_Return); ///< Return alone is a new line

/// "de nodeadkeys", "us": how a layout is remembered and named in the list.
QString idOf(const LayoutName& name)
{
    return name.variant.isEmpty() ? name.layout : name.layout + QLatin1Char(' ') + name.variant;
}

/// What this computer's keyboard has is a good guess for a machine's.
QString likelyLayout()
{
    const QString locale = QGuiApplication::inputMethod()->locale().name(); // "de_CH"
    const QString country = locale.section(QLatin1Char('_'), 1).toLower();
    return country.isEmpty() ? QStringLiteral("us") : country;
}

} // namespace

TypeTextDialog::TypeTextDialog(
    console::ConsoleSession& session, Settings& settings, const QString& key, QWidget* parent)
    : QDialog(parent)
    , m_session(&session)
    , m_settings(settings)
    , m_key(key)
    , m_text(named(new QPlainTextEdit, "typeTextText", tr("Text to type")))
    , m_layout(named(new QComboBox, "typeTextLayout", tr("Keyboard of the machine")))
    , m_rate(named(new QSpinBox, "typeTextRate", tr("Keys a second")))
    , m_verdict(wrappedLabel({}, QStringLiteral("typeTextVerdict")))
    , m_progress(named(new QProgressBar, "typeTextProgress", tr("Typed so far")))
{
    setObjectName(QStringLiteral("typeTextDialog"));
    setWindowTitle(tr("Type a text into the machine"));
    m_text->setPlainText(QGuiApplication::clipboard()->text());
    m_text->setTabChangesFocus(true);
    m_text->setPlaceholderText(tr("What is to be typed. The clipboard has no text."));
    m_layout->setEnabled(false);
    m_rate->setRange(TextTyper::kMinRate, TextTyper::kMaxRate);
    m_rate->setValue(
        m_settings.view(kTypingKey + QStringLiteral("-rate"), TextTyper::kUsualRate).toInt());
    m_rate->setToolTip(tr("Less if the machine loses keys"));
    m_progress->hide();
    layOut();
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        m_outcome.clear();
        refresh();
    });
    connect(m_layout, &QComboBox::currentIndexChanged, this, &TypeTextDialog::loadLayout);
    connect(&session, &console::ConsoleSession::stateChanged, this, &TypeTextDialog::refresh);
    connect(&m_typer, &TextTyper::progressed, this,
        [this](int typed, int) { m_progress->setValue(typed); });
    connect(&m_typer, &TextTyper::finished, this, &TypeTextDialog::ended);
    vmm::async::onFinished(
        vmm::inBackground<QVector<LayoutName>>(
            []() -> vmm::Result<QVector<LayoutName>> { return KeyboardLayout::known(); }),
        this, [this](const vmm::Result<QVector<LayoutName>>& layouts) {
            if (layouts)
                fillLayouts(*layouts);
        });
    refresh();
}

TypeTextDialog::~TypeTextDialog()
{
    m_typer.disconnect(this);
}

void TypeTextDialog::layOut()
{
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("&Keyboard of the machine"), m_layout);
    form->addRow(tr("Keys a &second"), m_rate);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    m_type = buttons->addButton(tr("&Type"), QDialogButtonBox::ActionRole);
    m_type->setObjectName(QStringLiteral("typeTextType"));
    m_type->setDefault(true);
    m_stop = buttons->addButton(tr("St&op"), QDialogButtonBox::ActionRole);
    m_stop->setObjectName(QStringLiteral("typeTextStop"));
    // Or one of them became the default while there is nothing to type yet.
    for (QPushButton* other : { m_stop, buttons->button(QDialogButtonBox::Close) })
        other->setAutoDefault(false);
    connect(new QShortcut(kTypeKeys, this), &QShortcut::activated, m_type, &QPushButton::click);
    connect(m_type, &QPushButton::clicked, this, &TypeTextDialog::type);
    connect(m_stop, &QPushButton::clicked, &m_typer, &TextTyper::cancel);
    connect(buttons, &QDialogButtonBox::rejected, this, &TypeTextDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_text, 1);
    column->addLayout(form);
    column->addWidget(m_verdict);
    column->addWidget(m_progress);
    column->addWidget(buttons);
    resize(520, 420);
}

void TypeTextDialog::fillLayouts(const QVector<LayoutName>& layouts)
{
    const QString wanted = layoutFor(m_settings, m_key);
    {
        const QSignalBlocker blocker(m_layout);
        for (const LayoutName& each : layouts)
            m_layout->addItem(each.text, idOf(each));
        if (layouts.isEmpty()) // keymaps may be there without their list
            m_layout->addItem(QStringLiteral("English (US)"), QStringLiteral("us"));
        const int index = m_layout->findData(wanted);
        m_layout->setCurrentIndex(index >= 0 ? index : m_layout->findData(QStringLiteral("us")));
    }
    m_layout->setEnabled(true);
    loadLayout();
}

QString TypeTextDialog::layoutFor(const Settings& settings, const QString& key)
{
    const QString last
        = settings.view(kTypingKey + QStringLiteral("-layout"), likelyLayout()).toString();
    return key.isEmpty() ? last
                         : settings.view(kTypingKey + QLatin1Char('-') + key, last).toString();
}

vmm::Result<KeyboardLayout> TypeTextDialog::load(const QString& id)
{
    return KeyboardLayout::load(
        id.section(QLatin1Char(' '), 0, 0), id.section(QLatin1Char(' '), 1));
}

void TypeTextDialog::loadLayout()
{
    const QString id = m_layout->currentData().toString();
    const quint64 generation = ++m_generation;
    m_loaded.reset();
    m_outcome.clear();
    refresh();
    vmm::async::onFinished(vmm::inBackground<KeyboardLayout>([id] { return load(id); }), this,
        [this, generation](const vmm::Result<KeyboardLayout>& layout) {
            if (generation != m_generation)
                return;
            if (layout)
                m_loaded = *layout;
            else
                m_outcome = tr("This keyboard layout can't be read: %1").arg(layout.error().detail);
            refresh();
        });
}

QString TypeTextDialog::whyNot() const
{
    if (!m_session || m_session->state() != console::SessionState::Live)
        return tr("The console is not connected.");
    if (!m_loaded)
        return m_outcome.isEmpty() ? tr("The keyboard layout is being read.") : m_outcome;
    if (m_text->toPlainText().isEmpty())
        return tr("There is nothing to type.");
    return {};
}

QString TypeTextDialog::verdict() const
{
    if (m_typer.isRunning())
        return tr("Typing…");
    const QString problem = whyNot();
    if (!m_outcome.isEmpty() || !problem.isEmpty())
        return m_outcome.isEmpty() ? problem : m_outcome;
    const QString text = m_text->toPlainText();
    const QString missing = m_loaded->untypable(text);
    if (missing.isEmpty())
        return tr(
            "%n character(s) will be typed.", nullptr, int(console::charactersToType(text).size()));
    QStringList each;
    const QList<uint> codes = missing.toUcs4();
    constexpr qsizetype most = 12;
    for (const uint code : codes.mid(0, most)) {
        const auto character = char32_t(code);
        each << QString::fromUcs4(&character, 1);
    }
    if (codes.size() > most)
        each << QStringLiteral("…");
    return tr("This keyboard has no keys for: %1. They will be left out.")
        .arg(each.join(QLatin1Char(' ')));
}

void TypeTextDialog::refresh()
{
    const bool isTyping = m_typer.isRunning();
    const QString problem = whyNot();
    m_type->setEnabled(!isTyping && problem.isEmpty());
    m_type->setToolTip(
        problem.isEmpty() ? QKeySequence(kTypeKeys).toString(QKeySequence::NativeText) : problem);
    m_stop->setEnabled(isTyping);
    m_stop->setToolTip(isTyping ? QString() : tr("Nothing is being typed."));
    for (QWidget* field : { static_cast<QWidget*>(m_text), static_cast<QWidget*>(m_rate) })
        field->setEnabled(!isTyping);
    m_layout->setEnabled(!isTyping && m_layout->count() > 0);
    m_progress->setVisible(isTyping);
    m_verdict->setText(verdict());
}

void TypeTextDialog::type()
{
    if (!whyNot().isEmpty() || m_typer.isRunning())
        return;
    remember();
    m_outcome.clear();
    m_typer.start(*m_session, *m_loaded, m_text->toPlainText(), m_rate->value());
    m_progress->setRange(0, m_typer.total());
    m_progress->setValue(0);
    refresh();
    m_stop->setFocus();
}

void TypeTextDialog::ended(bool isWhole)
{
    const int left = m_progress->maximum() - m_progress->value();
    m_outcome
        = isWhole ? tr("Typed.") : tr("Stopped. %n character(s) were not typed.", nullptr, left);
    refresh();
    m_type->setFocus();
}

void TypeTextDialog::remember()
{
    const QVariant layout = m_layout->currentData();
    m_settings.setView(kTypingKey + QStringLiteral("-layout"), layout);
    m_settings.setView(kTypingKey + QStringLiteral("-rate"), m_rate->value());
    if (!m_key.isEmpty())
        m_settings.setView(kTypingKey + QLatin1Char('-') + m_key, layout);
}

void TypeTextDialog::reject()
{
    m_typer.cancel();
    QDialog::reject();
}

} // namespace ui
