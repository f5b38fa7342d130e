// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/ResourceTab.h"

#include <QHash>

class QLabel;
class QPushButton;
class QTreeWidgetItem;

namespace ui {

class ListTree;

/// The disk images of a host as the chains they form: what stands on what, who uses it, and what
/// can be done with it.
class ImagesTab : public ResourceTab {
    Q_OBJECT

public:
    explicit ImagesTab(Context& context);

private:
    QWidget* layOut();
    void ask() override;
    void forget() override;
    void refreshButtons() override;
    void fill();
    void addBelow(const QString& backing, QTreeWidgetItem* parent, int depth);
    QTreeWidgetItem* addImage(QTreeWidgetItem* parent, const vmm::ImageUse& use);
    void check();
    void showCheck(const QString& path, const vmm::Result<vmm::ImageCheck>& found);
    void create();
    void createOverlay();
    void resizeImage();
    void convert();
    void flatten();
    void removeImage();
    const vmm::ImageUse* selected() const;
    QString whyNoDelete(const vmm::ImageUse& use) const;

    QVector<vmm::ImageUse> m_images;
    QHash<QString, QVector<qsizetype>> m_standingOn; ///< rows of m_images by what is below them

    ListTree* m_tree;
    QLabel* m_verdict; ///< of the last check
    QString m_checked; ///< path of the image that it is about
    QVector<QPushButton*> m_buttons;
};

} // namespace ui
