// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/SharpScaling.h"

#include <QVarLengthArray>

namespace console {

QImage sharplyScaled(const QImage& picture, QSize size, const QRect& part)
{
    const auto sources = [](int begin, int count, int from, int to) {
        QVarLengthArray<int, 4096> all(count);
        for (int i = 0; i < count; ++i)
            all[i] = int((2 * qint64(begin + i) + 1) * from / (2 * qint64(to)));
        return all;
    };
    const auto columns = sources(part.x(), part.width(), picture.width(), size.width());
    const auto rows = sources(part.y(), part.height(), picture.height(), size.height());
    QImage scaled(part.size(), picture.format());
    for (int y = 0; y < scaled.height(); ++y) {
        const auto* from = reinterpret_cast<const quint32*>(picture.constScanLine(rows[y]));
        auto* to = reinterpret_cast<quint32*>(scaled.scanLine(y));
        for (int x = 0; x < scaled.width(); ++x)
            to[x] = from[columns[x]];
    }
    return scaled;
}

} // namespace console
