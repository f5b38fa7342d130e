// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/LatestAnswer.h"
#include "ui/Context.h"

#include <QDialog>
#include <QHash>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace ui {

class FileLook;
class PathEdit;

/// Collects what a new machine needs, validates it as it is typed, and says what will be created.
class NewMachineDialog : public QDialog {
    Q_OBJECT

public:
    enum class Boot { Nothing, Iso, DiskImage, Kernel };

    /// `preferred` is chosen if it can create machines; may be null.
    NewMachineDialog(Context& context, hosts::Host* preferred, QWidget* parent = nullptr);

    vmm::NewMachine machine() const;
    hosts::Host* host() const;
    /// Why it can't be created, in a sentence; empty if it can.
    QString problem() const;

    void accept() override;

private:
    void makeFields(hosts::Host* preferred);
    void makeBootFields();
    void makeSystemFields();
    void makePlaceFields();
    QFormLayout* makeForm();
    void makeButtons();
    void noteBoot();
    void noteHost();
    void loadPools();
    void loadNetworks();
    void validate();
    QString bootProblem() const;
    QString missingFile() const;
    bool wantsDisk() const;
    QString consequence() const;
    QString places() const;
    Boot boot() const;

    Context& m_context;
    QComboBox* m_host;
    QLineEdit* m_name;
    QDoubleSpinBox* m_memory;
    QSpinBox* m_vcpus;
    QComboBox* m_boot;
    PathEdit* m_iso;
    PathEdit* m_image;
    PathEdit* m_kernel;
    PathEdit* m_initrd;
    QLineEdit* m_commandLine;
    QSpinBox* m_disk;
    QComboBox* m_pool; ///< empty: not known (yet), the host chooses
    QComboBox* m_network; ///< likewise; the user-mode network has no name
    QComboBox* m_firmware;
    QCheckBox* m_tpm;
    QCheckBox* m_autostart;
    QFormLayout* m_form;
    QLabel* m_verdict;
    QPushButton* m_create;
    QHash<PathEdit*, FileLook*> m_looks;
    models::LatestAnswer m_pools;
    models::LatestAnswer m_networks;
    bool m_hasNoPool = false; ///< that a disk can be made in, says the host
    bool m_isTouched = false;
};

} // namespace ui
