// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/moving/MoveTypes.h"

#include <QCoreApplication>

namespace ui {

/// What is in the way of a move between the embedded core and libvirt, in words.
class MoveText {
    Q_DECLARE_TR_FUNCTIONS(ui::MoveText)

public:
    QString what {}; ///< a sentence
    QString remedy {}; ///< what can be done, or what it means; may be empty

    static MoveText of(const hosts::moving::Obstacle& obstacle);

private:
    static MoveText ofHosts(const hosts::moving::Obstacle& obstacle);
    static MoveText ofMachine(const hosts::moving::Obstacle& obstacle);
    static MoveText ofDisk(const hosts::moving::Obstacle& obstacle);
    static MoveText ofChange(const hosts::moving::Obstacle& obstacle);
    static QString room(const QString& detail);
};

} // namespace ui
