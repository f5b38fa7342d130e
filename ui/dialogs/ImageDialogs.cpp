// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/ImageDialogs.h"

#include "ui/dialogs/ConfirmDialog.h"
#include "ui/dialogs/DialogParts.h"
#include "ui/dialogs/FormDialog.h"
#include "ui/text/Units.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileInfo>
#include <QLineEdit>

namespace ui {

using vmm::ImageInfo;

namespace {

QComboBox* formatBox(const QStringList& formats)
{
    auto* box = new QComboBox;
    for (const QString& format : formats)
        box->addItem(format, format);
    return box;
}

// "/a/disk.qcow2" beside the original.
QString beside(const QString& path, const QString& ending)
{
    const QFileInfo file(path);
    return file.path() + QLatin1Char('/') + file.completeBaseName() + ending;
}

} // namespace

QString ImageDialogs::pathProblem(const QString& path)
{
    if (path.isEmpty() || path.endsWith(QLatin1Char('/')))
        return tr("Say where the image is to be.");
    if (!path.startsWith(QLatin1Char('/')))
        return tr("A path must begin with a slash: %1").arg(path);
    return {};
}

void ImageDialogs::create(Context& context, hosts::Host* host, const QString& folder,
    const ImageInfo& backing, QWidget* parent)
{
    const bool isOverlay = !backing.path.isEmpty();
    auto* dialog = new FormDialog(QStringLiteral("createImage"),
        isOverlay ? tr("Create an overlay on %1").arg(QFileInfo(backing.path).fileName())
                  : tr("Create a disk image"),
        tr("Create"), parent);
    auto* path = dialog->add(tr("&Path on the host"), "Path",
        new QLineEdit(isOverlay ? beside(backing.path, QStringLiteral("-overlay.qcow2"))
                                : folder + QStringLiteral("/disk.qcow2")));
    auto* format = dialog->add(tr("&Format"), "Format",
        formatBox(isOverlay ? QStringList { QStringLiteral("qcow2") }
                            : QStringList { QStringLiteral("qcow2"), QStringLiteral("raw") }));
    auto* size = dialog->add(
        tr("&Size"), "Size", sizeSpin(isOverlay ? gibibytesOf(backing.virtualSize) : 20));
    dialog->setProblem([path, size, backing] {
        if (size->value() <= 0)
            return tr("Say how large it is to be.");
        if (size->value() + 0.005 < gibibytesOf(backing.virtualSize))
            return tr("An overlay can't be smaller than what it stands on.");
        return pathProblem(path->text().trimmed());
    });
    dialog->setConsequence([isOverlay] {
        return isOverlay ? tr("Keeps only what differs from the image below, which must not be "
                              "changed from then on.")
                         : tr("Takes room on the host only as it is filled.");
    });
    dialog->setRun([&context, host, path, format, size, backing, isOverlay] {
        beginOn(context, host,
            hosts::CreateImage { { .path = path->text().trimmed(),
                .format = format->currentData().toString(),
                .size = sizeOf(size),
                .backingFile = backing.path,
                .backingFormat = isOverlay ? backing.format : QString() } });
    });
    dialog->start();
}

void ImageDialogs::resize(
    Context& context, hosts::Host* host, const ImageInfo& image, QWidget* parent)
{
    auto* dialog = new FormDialog(QStringLiteral("resizeImage"),
        tr("Grow %1").arg(QFileInfo(image.path).fileName()), tr("Grow"), parent);
    const double now = gibibytesOf(image.virtualSize);
    auto* size = dialog->add(tr("New &size"), "Size", sizeSpin(now));
    dialog->setProblem([size, now, image] {
        return size->value() <= now + 0.004
            ? tr("An image can only grow; it has %1 now.").arg(Units::bytes(image.virtualSize))
            : QString();
    });
    dialog->setConsequence([] {
        return tr("Partitions and file systems inside stay as they are until the guest grows "
                  "them.");
    });
    dialog->setRun([&context, host, image, size] {
        beginOn(context, host, hosts::ResizeImage { image.path, sizeOf(size) });
    });
    dialog->start();
}

void ImageDialogs::convert(
    Context& context, hosts::Host* host, const ImageInfo& image, QWidget* parent)
{
    auto* dialog = new FormDialog(QStringLiteral("convertImage"),
        tr("Convert %1").arg(QFileInfo(image.path).fileName()), tr("Convert"), parent);
    auto* format = dialog->add(tr("&Format"), "Format",
        formatBox({ QStringLiteral("qcow2"), QStringLiteral("raw"), QStringLiteral("vmdk"),
            QStringLiteral("vdi"), QStringLiteral("vhdx") }));
    auto* path = dialog->add(tr("&Path on the host"), "Path",
        new QLineEdit(beside(image.path, QStringLiteral("-copy.qcow2"))));
    auto* compress
        = dialog->add(tr("Room"), "Compress", new QCheckBox(tr("&Compress what it holds")));
    QObject::connect(format, &QComboBox::currentIndexChanged, dialog, [=] {
        const QString name = format->currentData().toString();
        const bool canCompress = name == QStringLiteral("qcow2") || name == QStringLiteral("vmdk");
        compress->setEnabled(canCompress);
        compress->setToolTip(canCompress ? QString() : tr("This format can't be compressed."));
        path->setText(beside(path->text().trimmed(), QLatin1Char('.') + name));
    });
    dialog->setProblem([path, image] {
        if (path->text().trimmed() == image.path)
            return tr("The copy needs a path of its own.");
        return pathProblem(path->text().trimmed());
    });
    dialog->setConsequence(
        [] { return tr("Makes a copy that stands alone; the original stays as it is."); });
    dialog->setRun([&context, host, image, path, format, compress] {
        beginOn(context, host,
            hosts::ConvertImage { { .source = image.path,
                .target = path->text().trimmed(),
                .format = format->currentData().toString(),
                .isCompressed = compress->isEnabled() && compress->isChecked() } });
    });
    dialog->start();
}

void ImageDialogs::flatten(
    Context& context, hosts::Host* host, const ImageInfo& image, QWidget* parent)
{
    const Question question { .title = tr("Flatten %1?").arg(QFileInfo(image.path).fileName()),
        .text
        = tr("What it takes from the images below is copied into it, so that it stands alone. "
             "It needs more room then."),
        .items = { image.backingFile },
        .verb = tr("Flatten"),
        .isDangerous = false };
    ConfirmDialog::ask(parent, question, [&context, host, path = image.path] {
        beginOn(context, host, hosts::FlattenImage { path });
    });
}

void ImageDialogs::remove(
    Context& context, hosts::Host* host, const ImageInfo& image, QWidget* parent)
{
    const Question question { .title = tr("Delete %1?").arg(QFileInfo(image.path).fileName()),
        .text = tr("The file is deleted with all it holds (%1 on disk). This can't be undone.")
                    .arg(Units::bytes(image.actualSize)),
        .items = { image.path },
        .verb = tr("Delete") };
    ConfirmDialog::ask(parent, question, [&context, host, path = image.path] {
        beginOn(context, host, hosts::DeleteImage { path });
    });
}

} // namespace ui
