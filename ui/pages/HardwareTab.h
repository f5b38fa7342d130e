// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/HardwareDraft.h"
#include "models/LatestAnswer.h"
#include "ui/Context.h"

#include <QHash>
#include <QKeySequence>
#include <QPointer>
#include <QWidget>

class QLabel;
class QListWidget;
class QPushButton;
class QStackedWidget;

namespace ui {

class AddDeviceDialog;
class ErrorPanel;
class FigureTable;
class HardwareForm;
class PanelStack;
class XmlEditor;

/// The parts of a machine: a list, and the settings of the selected one. Changes are gathered until
/// they are applied; what can be changed on a running machine is changed at once, the rest waits
/// for its next start.
class HardwareTab : public QWidget {
    Q_OBJECT

public:
    explicit HardwareTab(Context& context, QWidget* parent = nullptr);

    void show(const models::VmRecord& vm);
    void forget(); ///< the machine or its host is gone
    /// Selects the XML of the whole definition.
    void showXml();
    /// The names of the machines whose hardware was changed here and not applied, sorted; null: of
    /// all hosts.
    QStringList unapplied(const hosts::Host* host = nullptr) const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    /// Of machines that were left while edited; the XML if it couldn't be read.
    struct Kept {
        models::HardwareDraft draft {};
        QString brokenXml {};
    };

    static QKeySequence applyKeys() { return Qt::CTRL | Qt::Key_S; }
    void layOut();
    QWidget* makeList();
    QWidget* makeDetails();
    QWidget* makeFooter();
    void load();
    void take(const vmm::Result<QString>& stored);
    void askRunning();
    void refresh();
    void refreshList(); ///< what was selected stays so, wherever it is now
    void fillList(int current);
    int rowNow(const QVector<models::HardwareItem>& items) const;
    void refreshDetails();
    void refreshForm(const models::HardwareItem& item);
    void refreshFooter();
    void refreshGrow();
    void refreshPending();
    void edit(models::HardwareField field, const QString& value);
    void editXml(const QString& xml);
    void apply();
    void store();
    void begin(
        const models::VmRef& on, const QString& name, const QVector<hosts::Operation>& operations);
    void noteApplied(const models::VmRef& on, const vmm::Result<hosts::Answer>& done);
    void adopt(const models::VmRef& on, const models::Hardware& applied);
    void plug(const models::VmRef& on, const QString& name, const hosts::Operation& operation);
    void showFailure(const vmm::Result<hosts::Answer>& done);
    void addDevice();
    void takeDevice(const AddDeviceDialog& dialog);
    void removeDevice();
    void detach(const models::HardwareItem& item);
    void growDisk();
    void eject();
    void keepDraft();
    Kept takeDraft(const models::VmRef& of);
    void drop(const hosts::Host* host);
    bool isActive() const;
    bool isEdited() const;
    bool isApplying() const { return m_applying.contains(m_vm); }
    bool canHotPlug(models::HardwareKind kind) const;
    std::optional<models::HardwareItem> selected() const; ///< none: the XML
    /// What is stored of the selected disk; nothing while the host knows it with another image or
    /// not at all.
    std::optional<models::HardwareItem> storedDisk() const;
    QString whyNoGrow() const;
    QString whyNoEdit() const;
    QString whyNoApply() const;

    Context& m_context;
    models::VmRef m_vm;
    hosts::VmInfo m_info;
    models::HardwareDraft m_draft;
    QHash<models::VmRef, Kept> m_drafts;
    models::LatestAnswer m_definition;
    models::LatestAnswer m_running;
    bool m_isKnown = false;
    /// An apply under way.
    struct Applying {
        models::Hardware edited {}; ///< as it was when it began
        qsizetype left = 0; ///< of its operations
        bool hasFailed = false; ///< one of them
    };
    QHash<models::VmRef, Applying> m_applying; ///< also of machines that were left since
    QVector<models::HardwareItem> m_items; ///< that are listed
    models::Hardware m_listed; ///< whose these are
    std::optional<vmm::Error> m_xmlError;
    QPointer<AddDeviceDialog> m_adding; ///< open for the machine that is shown

    PanelStack* m_panels = nullptr;
    QLabel* m_pending;
    QListWidget* m_list;
    QLabel* m_title;
    HardwareForm* m_form;
    XmlEditor* m_xml;
    FigureTable* m_differences;
    QStackedWidget* m_pages;
    QPushButton* m_add;
    QPushButton* m_remove;
    QPushButton* m_grow;
    QPushButton* m_eject;
    QLabel* m_verdict;
    QPushButton* m_revert;
    QPushButton* m_overwrite;
    QPushButton* m_apply;
    ErrorPanel* m_error;
};

} // namespace ui
