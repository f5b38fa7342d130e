// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/consoles/SerialPort.h"

#include <QObject>
#include <QVector>

namespace models {
class Inventory;
struct InventoryDelta;
} // namespace models

namespace ui {

/// The serial ports that were looked at in a window. One that is not shown any more stays
/// connected, so that coming back shows all it said; of those only some are kept, and none of a
/// machine or host that is gone. GUI thread.
class SerialPorts : public QObject {
    Q_OBJECT

public:
    static constexpr int kMaxHidden = 8;

    SerialPorts(models::Inventory& inventory, QObject* parent);

    /// That port, to be shown now; made if it is not kept.
    SerialPort* use(const models::VmRef& vm, int number);

Q_SIGNALS:
    void made(ui::SerialPort* port);
    void aboutToDrop(ui::SerialPort* port);

private:
    void take(const models::InventoryDelta& delta);
    void drop(SerialPort* port);

    QVector<SerialPort*> m_ports; ///< used last comes last
};

} // namespace ui
