// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/ImagesTab.h"

#include "ui/dialogs/ImageDialogs.h"
#include "ui/style/Colors.h"
#include "ui/text/ErrorText.h"
#include "ui/text/Units.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/ListTree.h"
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

ImagesTab::ImagesTab(Context& context)
    : ResourceTab(context, Feature::Images, "images")
    , m_tree(new ListTree(QStringLiteral("imageTree"), tr("Disk images"),
          { tr("Image"), tr("Format"), tr("Size"), tr("On disk"), tr("Used by") }))
    , m_verdict(wrappedLabel({}, QStringLiteral("imageVerdict")))
{
    setContent(layOut(), Glyph::Disk, tr("No disk images"));
    connect(m_tree, &ListTree::selectionMoved, this, [this] {
        if (m_tree->selectedKey() != m_checked)
            m_verdict->clear();
        refreshButtons();
    });
    follow([](const hosts::Operation& done) {
        return std::holds_alternative<hosts::DeleteImage>(done)
            || hosts::patienceFor(done) != hosts::Patience::Question;
    });
}

QWidget* ImagesTab::layOut()
{
    const auto add = [this](const char* name, Glyph glyph, const QString& text, const QString& tip,
                         void (ImagesTab::*action)()) {
        m_buttons.append(makeButton(name, glyph, text, tip, [this, action] { (this->*action)(); }));
    };
    add("imageCreate", Glyph::New, tr("Create…"), tr("Create an empty image"), &ImagesTab::create);
    add("imageOverlay", Glyph::Clone, tr("Overlay…"), tr("Create an image that stands on this one"),
        &ImagesTab::createOverlay);
    add("imageGrow", Glyph::Grow, tr("Grow…"), tr("Make it larger"), &ImagesTab::resizeImage);
    add("imageConvert", Glyph::Copy, tr("Convert…"), tr("Copy it into another format"),
        &ImagesTab::convert);
    add("imageFlatten", Glyph::Save, tr("Flatten…"), tr("Make it stand alone"),
        &ImagesTab::flatten);
    add("imageCheck", Glyph::Check, tr("Check"), tr("Look for damage in its structure"),
        &ImagesTab::check);
    add("imageDelete", Glyph::Remove, tr("Delete…"), tr("Delete the file"),
        &ImagesTab::removeImage);
    m_tree->setButtons(m_buttons);
    m_tree->setDeleteButton(m_buttons.last());
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(12);
    layout->addLayout(rowOf(m_buttons));
    layout->addWidget(m_tree, 1);
    layout->addWidget(m_verdict);
    return content;
}

void ImagesTab::ask()
{
    question().ask(
        host(), hosts::ListImages {}, this, [this](const vmm::Result<QVector<ImageUse>>& images) {
            if (!take(images ? std::nullopt : std::optional(images.error())))
                return;
            m_images = *images;
            panels()->showContent();
            fill();
        });
}

void ImagesTab::forget()
{
    m_images.clear();
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
    const QString noHost = whyNot(Feature::Images);
    const ImageUse* use = selected();
    const QString noImage = use ? QString() : tr("Select an image first.");
    const auto set = [&](ImageButton which, const QString& whyNot) {
        QString why = noHost;
        if (why.isEmpty() && which != CreateButton)
            why = noImage;
        setUsable(m_buttons[which], why.isEmpty() ? whyNot : why);
    };
    const bool hasBelow = use && !use->image.backingFile.isEmpty();
    const bool isBelow = use && !use->dependents.isEmpty();
    set(CreateButton, {});
    set(OverlayButton, {});
    set(GrowButton, isBelow ? tr("Other images stand on it: it must not change.") : QString());
    set(ConvertButton, {});
    set(FlattenButton, hasBelow ? QString() : tr("It stands alone already."));
    set(CheckButton,
        use && use->image.format == QStringLiteral("raw")
            ? tr("A raw image has no structure to check.")
            : QString());
    set(DeleteButton, use ? whyNoDelete(*use) : QString());
}

void ImagesTab::check()
{
    const ImageUse* use = selected();
    if (!use)
        return;
    const QString path = use->image.path;
    m_checked = path;
    m_verdict->setText(tr("Checking…"));
    const auto answer = context().workspace.commands.run(host(), hosts::CheckImage { path }).answer;
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
    QString folder = host()->info().dataFolder;
    if (use)
        folder = QFileInfo(use->image.path).path();
    ImageDialogs::create(context(), host(), folder, {}, window());
}

void ImagesTab::createOverlay()
{
    if (const ImageUse* use = selected())
        ImageDialogs::create(context(), host(), {}, use->image, window());
}

void ImagesTab::resizeImage()
{
    if (const ImageUse* use = selected())
        ImageDialogs::resize(context(), host(), use->image, window());
}

void ImagesTab::convert()
{
    if (const ImageUse* use = selected())
        ImageDialogs::convert(context(), host(), use->image, window());
}

void ImagesTab::flatten()
{
    if (const ImageUse* use = selected())
        ImageDialogs::flatten(context(), host(), use->image, window());
}

void ImagesTab::removeImage()
{
    if (const ImageUse* use = selected())
        ImageDialogs::remove(context(), host(), use->image, window());
}

} // namespace ui
