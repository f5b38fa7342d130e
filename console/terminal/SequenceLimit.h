// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace console {

/// What a guest says, without the arguments of a sequence that are too many: the library (0.1) has
/// room for 16 and writes on behind them. A sequence may come in several parts.
class SequenceLimit {
public:
    QByteArray applied(QByteArrayView bytes);

private:
    enum class Place { Outside, AfterEscape, InArguments };

    bool isTooMuch(uchar byte);

    Place m_place = Place::Outside;
    int m_arguments = 0;
};

} // namespace console
