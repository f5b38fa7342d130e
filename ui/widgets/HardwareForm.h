// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/HardwareItem.h"
#include "models/LatestAnswer.h"

#include <QHash>
#include <QPointer>
#include <QWidget>

class QComboBox;
class QFormLayout;
class QLabel;

namespace ui {

/// The settings of one part of a machine as a form; each setting has the editor that suits it.
class HardwareForm : public QWidget {
    Q_OBJECT

public:
    using Running = QHash<models::HardwareField, QString>;

    /// `prefix` begins the names of its editors.
    explicit HardwareForm(const QString& prefix, QWidget* parent = nullptr);

    /// Whose files, volumes and networks are offered; null: of none.
    void setHost(hosts::Host* host);
    /// Shows values; what is being typed stays. `running`: values that the machine runs with, where
    /// they differ.
    void setValues(models::HardwareKind kind, const QVector<models::HardwareValue>& values,
        const Running& running = {});
    QVector<models::HardwareValue> values() const;
    QString editorName(models::HardwareField field) const;

Q_SIGNALS:
    void edited(models::HardwareField field, const QString& value);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Row {
        models::HardwareField field {};
        QWidget* editor = nullptr;
        QLabel* note = nullptr;
    };

    void rebuild(const QVector<models::HardwareValue>& values);
    QWidget* makeEditor(models::HardwareField field);
    QComboBox* makeNetworkEditor();
    void keepFromWheel(QWidget* editor);
    void offer();
    void askNetworks();
    void fillNetworks();
    QString read(const Row& row) const;
    void write(const Row& row, const QString& value);
    void tell(const QWidget* editor);

    QString m_prefix;
    QPointer<hosts::Host> m_host;
    QStringList m_networks; ///< of the host
    models::LatestAnswer m_question;
    models::HardwareKind m_kind = models::HardwareKind::General;
    QFormLayout* m_layout;
    QVector<Row> m_rows;
};

} // namespace ui
