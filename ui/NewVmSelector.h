// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/Workspace.h"
#include "ui/Selection.h"

#include <QHash>

namespace ui {

/// Selects a new machine once it is there, unless the user has gone elsewhere since he asked for
/// it: making one can take minutes.
class NewVmSelector : public QObject {
    Q_OBJECT

public:
    NewVmSelector(models::Workspace& workspace, Selection& selection, QObject* parent);

private:
    Selection& m_selection;
    QHash<models::TaskId, Selection::Snapshot> m_asked; // what was selected at that time
};

} // namespace ui
