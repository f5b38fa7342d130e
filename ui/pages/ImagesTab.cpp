// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/ImagesTab.h"

#include "ui/dialogs/ImageDialogs.h"
#include "ui/style/Colors.h"
#include "ui/text/ErrorText.h"
#include "ui/text/Units.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/ListTree.h"
#include "ui/widgets/Named.h"
#include "ui/widgets/PanelStack.h"

#include <QFileInfo>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

using hosts::Feature;
using vmm::ImageInfo;
using vmm::ImageUse;

namespace {

constexpr int kDeepestChain = 200;

// In the order of the buttons.
enum ImageButton {
    CreateButton,
    OverlayButton,
    GrowButton,
    ConvertButton,
    FlattenButton,
    CheckButton,
    DeleteButton
};

} // namespace

ImagesTab::ImagesTab(Context& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_tree(new ListTree(QStringLiteral("imageTree"), tr("Disk images"),
          { tr("Image"), tr("Format"), tr("Size"), tr("On disk"), tr("Used by") }))
    , m_verdict(wrappedLabel({}, QStringLiteral("imageVerdict")))
    , m_panels(
          new PanelStack(QStringLiteral("images"), layOut(), Glyph::Disk, tr("No disk images")))
{
    setObjectName(QStringLiteral("imagesTab"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_panels);
    connect(m_tree, &ListTree::selectionMoved, this, [this] {
        if (m_tree->selectedKey() != m_checked)
            m_verdict->clear();
        refreshButtons();
    });
    connect(m_panels, &PanelStack::retryRequested, this, &ImagesTab::load);
    connect(&context.workspace.tasks, &models::TaskModel::finished, this,
        [this](const models::Task& task) {
            const hosts::Operation& done = task.info.operation;
            const bool isChange = std::holds_alternative<hosts::DeleteImage>(done)
                || hosts::patienceFor(done) != hosts::Patience::Question;
            if (m_host && task.info.host == m_host->uri() && isChange)
                load();
        });
}

QPushButton* ImagesTab::addButton(
    const char* name, Glyph glyph, const QString& text, void (ImagesTab::*run)())
{
    auto* button
        = named(new QPushButton(icon(glyph), text), name, QString(text).remove(QChar(0x2026)));
    connect(button, &QPushButton::clicked, this, run);
    m_buttons.append(button);
    return button;
}

QWidget* ImagesTab::layOut()
{
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    addButton("imageCreate", Glyph::New, tr("Create…"), &ImagesTab::create);
    addButton("imageOverlay", Glyph::Clone, tr("Overlay…"), &ImagesTab::createOverlay);
    addButton("imageGrow", Glyph::Grow, tr("Grow…"), &ImagesTab::resizeImage);
    addButton("imageConvert", Glyph::Copy, tr("Convert…"), &ImagesTab::convert);
    addButton("imageFlatten", Glyph::Save, tr("Flatten…"), &ImagesTab::flatten);
    addButton("imageCheck", Glyph::Check, tr("Check"), &ImagesTab::check);
    addButton("imageDelete", Glyph::Remove, tr("Delete…"), &ImagesTab::removeImage);
    for (QPushButton* button : std::as_const(m_buttons))
        buttons->addWidget(button);
    m_tree->setButtons(m_buttons);
    buttons->addStretch(1);
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(12);
    layout->addLayout(buttons);
    layout->addWidget(m_tree, 1);
    layout->addWidget(m_verdict);
    return content;
}

void ImagesTab::setHost(hosts::Host* host)
{
    if (m_host == host)
        return;
    m_host = host;
    m_isKnown = false;
    m_images.clear();
    m_question.forget();
    load();
}

void ImagesTab::refresh()
{
    load();
}

void ImagesTab::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    load();
}

void ImagesTab::load()
{
    if (!m_host || !isVisible()) {
        m_question.forget(); // asked when it is seen
        return;
    }
    if (!m_host->info().has(Feature::Images)) {
        //: %1 is a reason in a sentence
        m_panels->showEmpty(
            tr("Not offered by this host. %1").arg(m_host->info().missing.value(Feature::Images)));
        return;
    }
    if (m_isKnown && m_host->connectionState() != hosts::ConnectionState::Connected) {
        refreshButtons(); // what was known stays
        return;
    }
    if (!m_isKnown)
        m_panels->showLoading();
    m_question.ask(m_host, hosts::ListImages {}, this,
        [this](const vmm::Result<QVector<ImageUse>>& images) { take(images); });
}

void ImagesTab::take(const vmm::Result<QVector<ImageUse>>& images)
{
    if (!images) {
        if (!m_isKnown)
            m_panels->showError(images.error());
        return;
    }
    m_isKnown = true;
    m_images = *images;
    m_panels->showContent();
    fill();
}

void ImagesTab::fill()
{
    QSet<QString> known;
    for (const ImageUse& use : std::as_const(m_images))
        known.insert(use.image.path);
    m_standingOn.clear();
    for (qsizetype i = 0; i < m_images.size(); ++i) {
        const QString& backing = m_images[i].image.backingFile;
        m_standingOn[known.contains(backing) ? backing : QString()].append(i);
    }
    m_tree->beginFill();
    addBelow({}, nullptr, 0);
    m_tree->endFill();
}

void ImagesTab::addBelow(const QString& backing, QTreeWidgetItem* parent, int depth)
{
    if (depth > kDeepestChain)
        return;
    for (const qsizetype row : m_standingOn.value(backing)) {
        const ImageUse& use = m_images[row];
        QTreeWidgetItem* item = addImage(parent, use);
        if (m_standingOn.contains(use.image.path))
            addBelow(use.image.path, item, depth + 1);
    }
}

QTreeWidgetItem* ImagesTab::addImage(QTreeWidgetItem* parent, const ImageUse& use)
{
    const ImageInfo& image = use.image;
    QString users = use.machines.join(QStringLiteral(", "));
    if (users.isEmpty() && !use.dependents.isEmpty())
        users = tr("%Ln image(s)", nullptr, static_cast<int>(use.dependents.size()));
    const bool isBad = image.isDirty;
    QTreeWidgetItem* item = m_tree->addRow(parent, image.path,
        { QFileInfo(image.path).fileName(), image.format, Units::bytes(image.virtualSize),
            Units::bytes(image.actualSize), users.isEmpty() ? tr("nobody") : users },
        icon(isBad ? Glyph::Warning : Glyph::Disk, isBad ? Tint::Attention : Tint::Text));
    item->setToolTip(
        0, isBad ? tr("%1 was not closed cleanly: check it.").arg(image.path) : image.path);
    return item;
}

const ImageUse* ImagesTab::selected() const
{
    const QString path = m_tree->selectedKey();
    for (const ImageUse& use : m_images) {
        if (!path.isEmpty() && use.image.path == path)
            return &use;
    }
    return nullptr;
}

QString ImagesTab::whyNoDelete(const ImageUse& use) const
{
    if (!use.machines.isEmpty())
        return tr("It is a disk of %1.").arg(use.machines.join(QStringLiteral(", ")));
    if (!use.dependents.isEmpty())
        return tr("Other images stand on it: %1.").arg(use.dependents.join(QStringLiteral(", ")));
    return {};
}

void ImagesTab::refreshButtons()
{
    const auto usable
        = m_host ? models::HostCommands::canUse(m_host, Feature::Images) : vmm::Result<void> {};
    const QString noHost = usable ? QString() : ErrorText::of(usable.error()).inOneLine();
    const ImageUse* use = selected();
    const QString noImage = use ? QString() : tr("Select an image first.");
    const auto set = [&](ImageButton which, const QString& tip, const QString& whyNot) {
        QString why = noHost;
        if (why.isEmpty() && which != CreateButton)
            why = noImage;
        if (why.isEmpty())
            why = whyNot;
        m_buttons[which]->setEnabled(why.isEmpty());
        m_buttons[which]->setToolTip(why.isEmpty() ? tip : why);
    };
    const bool hasBelow = use && !use->image.backingFile.isEmpty();
    const bool isBelow = use && !use->dependents.isEmpty();
    set(CreateButton, tr("Create an empty image"), {});
    set(OverlayButton, tr("Create an image that stands on this one"), {});
    set(GrowButton, tr("Make it larger"),
        isBelow ? tr("Other images stand on it: it must not change.") : QString());
    set(ConvertButton, tr("Copy it into another format"), {});
    set(FlattenButton, tr("Make it stand alone"),
        hasBelow ? QString() : tr("It stands alone already."));
    set(CheckButton, tr("Look for damage in its structure"),
        use && use->image.format == QStringLiteral("raw")
            ? tr("A raw image has no structure to check.")
            : QString());
    set(DeleteButton, tr("Delete the file"), use ? whyNoDelete(*use) : QString());
}

void ImagesTab::check()
{
    const ImageUse* use = selected();
    if (!use)
        return;
    const QString path = use->image.path;
    m_checked = path;
    m_verdict->setText(tr("Checking…"));
    const auto answer = m_context.workspace.commands.run(m_host, hosts::CheckImage { path }).answer;
    vmm::async::onFinished(answer, this, [this, path](vmm::Result<hosts::Answer> done) {
        showCheck(path, hosts::replyFrom<vmm::ImageCheck>(std::move(done)));
    });
}

void ImagesTab::showCheck(const QString& path, const vmm::Result<vmm::ImageCheck>& found)
{
    const Colors& colors = Colors::of(palette());
    const QString name = QFileInfo(path).fileName();
    if (!found) {
        m_verdict->setText(ErrorText::of(found.error()).inOneLine());
        setTextColor(m_verdict, colors.failed);
        return;
    }
    QString text = found->isSound() ? tr("%1 is sound.").arg(name)
                                    : tr("%1 is damaged: %Ln place(s).", nullptr,
                                        static_cast<int>(found->corruptions + found->errors))
                                          .arg(name);
    if (found->leaks > 0) {
        text += QLatin1Char(' ')
            + tr("%Ln cluster(s) are occupied and not used, which is harmless.", nullptr,
                static_cast<int>(found->leaks));
    }
    m_verdict->setText(text);
    setTextColor(m_verdict, found->isSound() ? colors.running : colors.failed);
}

void ImagesTab::create()
{
    const ImageUse* use = selected();
    QString folder = m_host->info().dataFolder;
    if (use)
        folder = QFileInfo(use->image.path).path();
    ImageDialogs::create(m_context, m_host, folder, {}, window());
}

void ImagesTab::createOverlay()
{
    if (const ImageUse* use = selected())
        ImageDialogs::create(m_context, m_host, {}, use->image, window());
}

void ImagesTab::resizeImage()
{
    if (const ImageUse* use = selected())
        ImageDialogs::resize(m_context, m_host, use->image, window());
}

void ImagesTab::convert()
{
    if (const ImageUse* use = selected())
        ImageDialogs::convert(m_context, m_host, use->image, window());
}

void ImagesTab::flatten()
{
    if (const ImageUse* use = selected())
        ImageDialogs::flatten(m_context, m_host, use->image, window());
}

void ImagesTab::removeImage()
{
    if (const ImageUse* use = selected())
        ImageDialogs::remove(m_context, m_host, use->image, window());
}

} // namespace ui
