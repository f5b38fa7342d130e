// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/LatestAnswer.h"
#include "ui/Context.h"
#include "ui/style/Icons.h"

#include <QHash>
#include <QWidget>

class QLabel;
class QPushButton;
class QTreeWidgetItem;

namespace ui {

class ListTree;
class PanelStack;

/// The disk images of a host as the chains they form: what stands on what, who uses it, and what
/// can be done with it.
class ImagesTab : public QWidget {
    Q_OBJECT

public:
    explicit ImagesTab(Context& context, QWidget* parent = nullptr);

    void setHost(hosts::Host* host);
    void refresh(); ///< the host's connection or info has changed

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* layOut();
    QPushButton* addButton(
        const char* name, Glyph glyph, const QString& text, void (ImagesTab::*run)());
    void load();
    void take(const vmm::Result<QVector<vmm::ImageUse>>& images);
    void fill();
    void addBelow(const QString& backing, QTreeWidgetItem* parent, int depth);
    QTreeWidgetItem* addImage(QTreeWidgetItem* parent, const vmm::ImageUse& use);
    void refreshButtons();
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

    Context& m_context;
    hosts::Host* m_host = nullptr;
    QVector<vmm::ImageUse> m_images;
    QHash<QString, QVector<qsizetype>> m_standingOn; ///< rows of m_images by what is below them
    models::LatestAnswer m_question;
    bool m_isKnown = false;

    ListTree* m_tree;
    QLabel* m_verdict; ///< of the last check
    QString m_checked; ///< path of the image that it is about
    QVector<QPushButton*> m_buttons;
    PanelStack* m_panels;
};

} // namespace ui
