// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/HostCommands.h"
#include "ui/Context.h"

#include <QCoreApplication>

namespace ui {

/// The small dialogs that ask for what an operation on a disk image needs, then begin it.
class ImageDialogs {
    Q_DECLARE_TR_FUNCTIONS(ui::ImageDialogs)

public:
    /// `backing`: the image that the new one is to stand on; of an empty path: none.
    static void create(Context& context, hosts::Host* host, const QString& folder,
        const vmm::ImageInfo& backing, QWidget* parent);
    static void resize(
        Context& context, hosts::Host* host, const vmm::ImageInfo& image, QWidget* parent);
    static void convert(
        Context& context, hosts::Host* host, const vmm::ImageInfo& image, QWidget* parent);
    static void flatten(
        Context& context, hosts::Host* host, const vmm::ImageInfo& image, QWidget* parent);
    static void remove(
        Context& context, hosts::Host* host, const vmm::ImageInfo& image, QWidget* parent);

    static QString pathProblem(const QString& path);
};

} // namespace ui
