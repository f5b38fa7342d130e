// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Bytes.h"

#include <QCoreApplication>
#include <QDateTime>

#include <chrono>

namespace ui {

/// Numbers as people read them, in the words and the decimal sign of the current language: units
/// always, three significant digits at most, an en dash for what is not known (NaN).
class Units {
    Q_DECLARE_TR_FUNCTIONS(ui::Units)

public:
    static QString bytes(vmm::Bytes amount); ///< "1.5 GiB"
    static QString bytes(double amount); ///< the same, of a sampled value
    static QString rate(double bytesPerSecond); ///< "1.2 MiB/s"
    static QString percent(double share); ///< of 0..1: "42 %"
    static QString number(double value); ///< "1.23", "12.3", "123", "1234"

    /// The two largest parts: "3 d 4 h", "5 min", "12 s".
    static QString duration(std::chrono::seconds seconds);
    /// "just now", "4 min ago", "3 d ago", for lists.
    static QString ago(const QDateTime& when, const QDateTime& now);
    /// Date and time in full, local, for tool tips.
    static QString exact(const QDateTime& when);
    /// The time alone if it is of today, else date and time.
    static QString clock(const QDateTime& when, const QDateTime& now);

    /// The binary unit that suits values up to "largest" bytes, and its name. For axes.
    struct ByteUnit {
        double factor = 1;
        QString name {};
    };
    static ByteUnit unitFor(double largest);
};

} // namespace ui
