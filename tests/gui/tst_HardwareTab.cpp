// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The hardware page: what it shows, what it asks of the host, and when.
#include "models/Hardware.h"
#include "tests/gui/WindowTest.h"
#include "tests/support/TestNames.h"
#include "ui/dialogs/PathEdit.h"
#include "ui/widgets/HardwareForm.h"

#include <QComboBox>
#include <QDialog>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QSpinBox>
#include <QWheelEvent>

using vmm::VmState;

class tst_HardwareTab : public tests::WindowTest {
    Q_OBJECT

private Q_SLOTS:
    void machineThatIsOff_isChangedAsAWhole();
    void maximumOfMemoryAndCpus_showsWhatIsInUse();
    void wheelOverTheForm_changesNothing();
    void brokenXml_isToldAndNotApplied();
    void selection_staysWithThePart();
    void diskThatIsTypedAsXml_leavesTheXmlSelected();
    void targetBeingTyped_leavesItsDiskSelected();
    void applyButton_tellsItsKeys();
    void xml_isStoredAsItStandsThere();
    void xmlBeingTyped_staysWithItsMachine();
    void xmlBeingTyped_survivesThatThePageIsLeft();
    void xmlBeingTyped_isReverted();
    void edits_waitWhileAnotherMachineIsLookedAt();
    void edits_stayWithTheirHost();
    void edits_goWithAMachineThatMoves();
    void applyUnderWay_isOfItsHostAlone();
    void edits_undoNothingThatHappensMeanwhile();
    void editsThatDoNotFitAnyMore_areToldAndNotApplied();
    void machineThatIsNotKnownYet_takesNoEdits();
    void edits_outliveAnApplyUnderWay_data();
    void edits_outliveAnApplyUnderWay();
    void editsOfAMachineThatWasLeft_outliveItsApply();
    void edits_outliveAnApplyWhoseResultIsNotTold();
    void refusedChange_staysAsTypedAndSaysWhy();
    void cdOfARunningMachine_isEjectedAtOnce();
    void ejectedCd_leavesWhatTheXmlSays();
    void otherChangeOfARunningMachine_waitsForItsNextStart();
    void hostThatKeepsNoChanges_saysSo();
    void disk_isPluggedIntoARunningMachine();
    void addDeviceDialog_goesWithItsMachine_data();
    void addDeviceDialog_goesWithItsMachine();
    void networkCard_isUnpluggedAfterAQuestion();
    void disk_grows();
    void diskThatGrows_isTheSelectedOne();
    void remoteHost_offersItsVolumesAndNetworks();
    void errorOfTheHost_standsInPlace();
    void hostThatIsSlow_showsThatItIsAsked();

private:
    hosts::VmId open(VmState state) { return openVm(state, ui::VmPage::Tab::Hardware); }

    bool isLoaded() const { return m_fixture->find<QListWidget>("hardwareList")->count() > 5; }

    bool hasPart(const char* name) const
    {
        return !m_fixture->find<QListWidget>("hardwareList")
                    ->findItems(text(name), Qt::MatchExactly)
                    .isEmpty();
    }

    QString selectedPart() const
    {
        return m_fixture->find<QListWidget>("hardwareList")->currentItem()->text();
    }

    static QString firstDisk()
    {
        return text("<disk type='file' device='disk'><target dev='vda' bus='virtio'/></disk>");
    }

    static QString secondDisk()
    {
        return text("<disk type='file' device='disk'><driver name='qemu' type='qcow2'/>"
                    "<source file='/images/second.qcow2'/><target dev='vdb' bus='virtio'/></disk>");
    }

    void selectPart(const char* name)
    {
        auto* list = m_fixture->find<QListWidget>("hardwareList");
        const auto found = list->findItems(text(name), Qt::MatchStartsWith);
        QVERIFY2(!found.isEmpty(), name);
        list->setCurrentItem(found.first());
    }

    template <typename Editor> Editor* editor(models::HardwareField field) const
    {
        const auto* form = m_fixture->find<ui::HardwareForm>("hardware");
        return m_fixture->find<Editor>(form->editorName(field).toLatin1().constData());
    }

    /// Types behind the first place of some text in the XML.
    void typeAfter(const QString& place, const QString& what)
    {
        auto* xml = m_fixture->find<QPlainTextEdit>("hardwareXml");
        QTextCursor cursor = xml->document()->find(place);
        QVERIFY2(!cursor.isNull(), qPrintable(xml->toPlainText()));
        cursor.setPosition(cursor.selectionEnd());
        xml->setTextCursor(cursor);
        xml->setFocus();
        QTest::keyClicks(xml, what);
    }

    QString storedXml(const hosts::VmId& vm) const
    {
        const auto xml = m_host->call(hosts::GetDefinition { vm });
        (void)QTest::qWaitFor([&xml] { return xml.isFinished(); });
        return xml.result().value_or(QString());
    }

    static void turnWheel(QWidget* over)
    {
        const QPointF place = over->rect().center();
        QWheelEvent event(place, over->mapToGlobal(place), {}, { 0, -120 }, Qt::NoButton,
            Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(over, &event);
    }

    QPlainTextEdit* typeTitle(const QString& title)
    {
        selectPart("Definition as XML");
        typeAfter(text("</name>"), text("<title>") + title + text("</title>"));
        return m_fixture->find<QPlainTextEdit>("hardwareXml");
    }

    QString verdict() const { return m_fixture->find<QLabel>("hardwareVerdict")->text(); }

    template <typename Op> const Op* lastAsked() const
    {
        return m_host->asked().isEmpty() ? nullptr : std::get_if<Op>(&m_host->asked().last());
    }
};

void tst_HardwareTab::machineThatIsOff_isChangedAsAWhole()
{
    const hosts::VmId vm = open(VmState::ShutOff);
    QTRY_VERIFY(isLoaded());
    QVERIFY(!button("hardwareApply")->isEnabled());
    selectPart("CPUs");
    editor<QSpinBox>(models::HardwareField::Vcpus)->setValue(6);
    selectPart("Memory");
    editor<QDoubleSpinBox>(models::HardwareField::Memory)->setValue(4096);
    QVERIFY2(button("hardwareApply")->isEnabled(), qPrintable(verdict()));
    click("hardwareApply");
    QTRY_COMPARE(m_host->vm(vm).vcpus, 6);
    QCOMPARE(m_host->vm(vm).memory, vmm::Bytes::fromMiB(4096));
    QTRY_VERIFY(!button("hardwareApply")->isEnabled());
    QCOMPARE(m_fixture->workspace->tasks.rowCount(), 1);
}

void tst_HardwareTab::maximumOfMemoryAndCpus_showsWhatIsInUse()
{
    using models::HardwareField;
    const hosts::VmId vm = open(VmState::ShutOff);
    QTRY_VERIFY(isLoaded());
    selectPart("Memory");
    auto* most = editor<QDoubleSpinBox>(HardwareField::Memory);
    auto* inUse = editor<QDoubleSpinBox>(HardwareField::CurrentMemory);
    most->setValue(8192);
    QCOMPARE(inUse->value(), 8192.0); // all of it was
    inUse->setValue(4096);
    most->setFocus();
    most->selectAll();
    QTest::keyClicks(most, text("16384"));
    QCOMPARE(most->value(), 16384.0);
    QCOMPARE(inUse->value(), 4096.0);
    selectPart("CPUs");
    editor<QSpinBox>(HardwareField::Vcpus)->setValue(4);
    editor<QSpinBox>(HardwareField::CurrentVcpus)->setValue(2);
    editor<QSpinBox>(HardwareField::Vcpus)->setValue(8);
    QCOMPARE(editor<QSpinBox>(HardwareField::CurrentVcpus)->value(), 2);
    editor<QSpinBox>(HardwareField::Vcpus)->setValue(1);
    QCOMPARE(editor<QSpinBox>(HardwareField::CurrentVcpus)->value(), 1);
    editor<QSpinBox>(HardwareField::Vcpus)->setValue(8);
    click("hardwareApply");
    QTRY_COMPARE(m_host->questionCount(text("define")), 1);
    const auto stored = models::Hardware::fromXml(storedXml(vm));
    QCOMPARE(stored->value({ .kind = models::HardwareKind::Memory }, HardwareField::CurrentMemory),
        QString::number(4096ull * 1024 * 1024));
    QCOMPARE(stored->value({ .kind = models::HardwareKind::Cpu }, HardwareField::CurrentVcpus),
        text("2"));
}

void tst_HardwareTab::wheelOverTheForm_changesNothing()
{
    using models::HardwareField;
    open(VmState::ShutOff);
    QTRY_VERIFY(isLoaded());
    selectPart("Disk vda");
    auto* cache = editor<QComboBox>(HardwareField::Cache);
    auto* limit = editor<QDoubleSpinBox>(HardwareField::BytesLimit);
    limit->setValue(50);
    button("hardwareRevert")->setFocus();
    const int chosen = cache->currentIndex();
    turnWheel(cache);
    turnWheel(limit);
    QCOMPARE(cache->currentIndex(), chosen);
    QCOMPARE(limit->value(), 50.0);
    QVERIFY(!cache->hasFocus() && !limit->hasFocus());
    m_fixture->window->activateWindow();
    limit->setFocus();
    QTRY_VERIFY(limit->hasFocus());
    turnWheel(limit);
    QCOMPARE(limit->value(), 40.0); // it is what the wheel is meant for
}

void tst_HardwareTab::brokenXml_isToldAndNotApplied()
{
    const hosts::VmId vm = open(VmState::ShutOff);
    QTRY_VERIFY(isLoaded());
    selectPart("Definition as XML");
    auto* xml = m_fixture->find<QPlainTextEdit>("hardwareXml");
    QTRY_VERIFY(xml->isVisible());
    const QString good = xml->toPlainText();
    QVERIFY(good.contains(text("<name>web</name>")));
    xml->setPlainText(QString(good).replace(text("</devices>"), text("</device>")));
    QTRY_VERIFY2(verdict().contains(text("line")), qPrintable(verdict()));
    QVERIFY(!button("hardwareApply")->isEnabled());
    xml->setPlainText(QString(good).replace(text("<vcpu>2<"), text("<vcpu>5<")));
    QTRY_VERIFY(button("hardwareApply")->isEnabled());
    click("hardwareApply");
    QTRY_COMPARE(m_host->vm(vm).vcpus, 5);
}

void tst_HardwareTab::selection_staysWithThePart()
{
    const hosts::VmId vm = open(VmState::Running);
    QTRY_VERIFY(isLoaded());
    QCOMPARE(selectedPart(), text("General"));
    selectPart("Network card");
    m_host->run(hosts::AttachDevice { vm, secondDisk() });
    QTRY_VERIFY(hasPart("Disk vdb"));
    QVERIFY2(selectedPart().startsWith(text("Network card")), qPrintable(selectedPart()));
    selectPart("Disk vdb");
    m_host->run(hosts::DetachDevice { vm, firstDisk() });
    QTRY_VERIFY(!hasPart("Disk vda"));
    QCOMPARE(selectedPart(), text("Disk vdb"));
    QCOMPARE(m_fixture->find<QLabel>("hardwareTitleLabel")->text(), text("Disk vdb"));
    button("hardwareRemove")->click();
    click("confirmAccept");
    QTRY_VERIFY(!hasPart("Disk vdb"));
    QVERIFY2(selectedPart().startsWith(text("CD drive")), qPrintable(selectedPart()));
}

void tst_HardwareTab::diskThatIsTypedAsXml_leavesTheXmlSelected()
{
    open(VmState::ShutOff);
    QTRY_VERIFY(isLoaded());
    selectPart("Definition as XML");
    auto* xml = m_fixture->find<QPlainTextEdit>("hardwareXml");
    xml->setPlainText(
        xml->toPlainText().replace(text("</devices>"), secondDisk() + text("</devices>")));
    QTRY_VERIFY(hasPart("Disk vdb"));
    QCOMPARE(selectedPart(), text("Definition as XML"));
    QVERIFY(xml->isVisible());
}

void tst_HardwareTab::targetBeingTyped_leavesItsDiskSelected()
{
    const hosts::VmId vm = open(VmState::ShutOff);
    m_host->run(hosts::AttachDevice { vm, secondDisk() });
    QTRY_VERIFY(hasPart("Disk vdb"));
    selectPart("Disk vda");
    const int row = m_fixture->find<QListWidget>("hardwareList")->currentRow();
    auto* target = editor<QLineEdit>(models::HardwareField::Target);
    target->selectAll();
    QTest::keyClicks(target, text("vdbc"));
    QCOMPARE(target->text(), text("vdbc"));
    QCOMPARE(m_fixture->find<QListWidget>("hardwareList")->currentRow(), row);
}

void tst_HardwareTab::applyButton_tellsItsKeys()
{
    open(VmState::ShutOff);
    QTRY_VERIFY(isLoaded());
    editor<QLineEdit>(models::HardwareField::Title)->setText(text("Shop"));
    const QString tip = button("hardwareApply")->toolTip();
    QVERIFY2(tip.contains(text("Ctrl+S")), qPrintable(tip));
}

void tst_HardwareTab::xml_isStoredAsItStandsThere()
{
    const hosts::VmId vm = open(VmState::ShutOff);
    QTRY_VERIFY(isLoaded());
    QPlainTextEdit* xml = typeTitle(text("AB"));
    QVERIFY(button("hardwareApply")->isEnabled()); // at once
    typeAfter(text("<title>AB"), text("CD"));
    QTest::keyClick(xml, Qt::Key_S, Qt::ControlModifier);
    QTRY_COMPARE(m_host->vm(vm).title, text("ABCD"));
    QTRY_VERIFY(!button("hardwareApply")->isEnabled());
}

void tst_HardwareTab::xmlBeingTyped_staysWithItsMachine()
{
    const hosts::VmId other = m_host->addVm(text("db"));
    const hosts::VmId vm = open(VmState::ShutOff);
    QTRY_VERIFY(isLoaded());
    const QPlainTextEdit* xml = typeTitle(text("Shop"));
    m_fixture->select(m_host, other);
    QTest::qWait(400); // longer than the editor's pause
    QVERIFY(!button("hardwareApply")->isEnabled());
    m_fixture->select(m_host, vm);
    QTRY_COMPARE(editor<QLineEdit>(models::HardwareField::Title)->text(), text("Shop"));
    selectPart("Definition as XML");
    typeAfter(text("<title>"), text("<")); // broken now
    m_fixture->select(m_host, other);
    QTRY_VERIFY(isLoaded());
    QVERIFY(!button("hardwareRevert")->isEnabled());
    m_fixture->select(m_host, vm);
    QTRY_VERIFY(button("hardwareRevert")->isEnabled());
    selectPart("Definition as XML");
    QVERIFY2(xml->toPlainText().contains(text("<title><Shop")), qPrintable(xml->toPlainText()));
    QVERIFY(!button("hardwareApply")->isEnabled());
}

void tst_HardwareTab::xmlBeingTyped_survivesThatThePageIsLeft()
{
    open(VmState::ShutOff);
    QTRY_VERIFY(isLoaded());
    typeTitle(text("Shop"));
    m_fixture->action("actionDashboard")->trigger();
    QTest::qWait(400); // longer than the editor's pause
}

void tst_HardwareTab::xmlBeingTyped_isReverted()
{
    open(VmState::ShutOff);
    QTRY_VERIFY(isLoaded());
    const QPlainTextEdit* xml = typeTitle(text("Shop"));
    button("hardwareRevert")->click();
    QTest::qWait(400); // longer than the editor's pause
    QVERIFY(!button("hardwareApply")->isEnabled());
    QVERIFY(!xml->toPlainText().contains(text("Shop")));
}

void tst_HardwareTab::edits_waitWhileAnotherMachineIsLookedAt()
{
    const hosts::VmId other = m_host->addVm(text("db"));
    const hosts::VmId vm = open(VmState::ShutOff);
    QTRY_VERIFY(isLoaded());
    selectPart("General");
    editor<QLineEdit>(models::HardwareField::Title)->setText(text("Shop"));
    m_fixture->select(m_host, other);
    QTRY_COMPARE(editor<QLineEdit>(models::HardwareField::Title)->text(), QString());
    QVERIFY(!button("hardwareApply")->isEnabled());
    m_fixture->select(m_host, vm);
    QTRY_COMPARE(editor<QLineEdit>(models::HardwareField::Title)->text(), text("Shop"));
    QVERIFY(button("hardwareApply")->isEnabled());
    click("hardwareRevert");
    QCOMPARE(editor<QLineEdit>(models::HardwareField::Title)->text(), QString());
    QVERIFY(m_host->vm(vm).title.isEmpty());
}

void tst_HardwareTab::edits_stayWithTheirHost()
{
    tests::FakeHost* other = m_fixture->addHost(text("test:///other"));
    const hosts::VmId vm = open(VmState::ShutOff);
    QTRY_VERIFY(isLoaded());
    other->addVm(text("web-copy"), VmState::ShutOff, vm); // restored from the same backup
    QTRY_VERIFY(m_fixture->workspace->inventory.find(other, vm));
    auto* title = editor<QLineEdit>(models::HardwareField::Title);
    title->setText(text("Shop"));
    m_fixture->select(other, vm);
    QTRY_COMPARE(title->text(), QString());
    QVERIFY(!button("hardwareRevert")->isEnabled());
    title->setText(text("Store"));
    m_fixture->select(m_host, vm);
    QTRY_COMPARE(title->text(), text("Shop"));
    m_fixture->select(other, vm);
    QTRY_COMPARE(title->text(), text("Store"));
}

void tst_HardwareTab::edits_goWithAMachineThatMoves()
{
    tests::FakeHost* other = m_fixture->addHost(text("test:///other"));
    const hosts::VmId vm = open(VmState::ShutOff);
    QTRY_VERIFY(isLoaded());
    auto* title = editor<QLineEdit>(models::HardwareField::Title);
    title->setText(text("Shop"));
    m_host->removeVm(vm);
    other->addVm(text("web"), VmState::ShutOff, vm);
    QTRY_VERIFY(!m_fixture->workspace->inventory.find(m_host, vm));
    QTRY_VERIFY(m_fixture->workspace->inventory.find(other, vm));
    m_fixture->select(other, vm);
    QTRY_COMPARE(title->text(), text("Shop"));
    QVERIFY(button("hardwareRevert")->isEnabled());
}

void tst_HardwareTab::applyUnderWay_isOfItsHostAlone()
{
    tests::FakeHost* other = m_fixture->addHost(text("test:///other"));
    const hosts::VmId vm = open(VmState::ShutOff);
    QTRY_VERIFY(isLoaded());
    other->addVm(text("web-copy"), VmState::ShutOff, vm);
    QTRY_VERIFY(m_fixture->workspace->inventory.find(other, vm));
    auto* title = editor<QLineEdit>(models::HardwareField::Title);
    title->setText(text("Shop"));
    m_host->setSilent(true);
    click("hardwareApply");
    m_fixture->select(other, vm);
    QTRY_COMPARE(title->text(), QString());
    title->setText(text("Store"));
    QVERIFY2(button("hardwareApply")->isEnabled(), qPrintable(verdict()));
    m_host->setSilent(false);
    QTRY_COMPARE(m_host->vm(vm).title, text("Shop"));
    QCOMPARE(title->text(), text("Store"));
}

void tst_HardwareTab::edits_undoNothingThatHappensMeanwhile()
{
    const hosts::VmId vm = open(VmState::Running);
    QTRY_VERIFY(isLoaded());
    editor<QLineEdit>(models::HardwareField::Title)->setText(text("Shop"));
    m_host->run(hosts::AttachDevice { vm, secondDisk() });
    QTRY_VERIFY(hasPart("Disk vdb"));
    QVERIFY(button("hardwareApply")->isEnabled());
    m_host->run(hosts::Rename { vm, text("shop-1") });
    click("hardwareApply");
    QTRY_COMPARE(m_host->vm(vm).title, text("Shop"));
    QCOMPARE(m_host->vm(vm).name, text("shop-1"));
    QVERIFY(m_host->vm(vm).disks.contains(text("/images/second.qcow2")));
    QTRY_VERIFY(!button("hardwareApply")->isEnabled());
    QVERIFY(hasPart("Disk vdb"));
}

void tst_HardwareTab::editsThatDoNotFitAnyMore_areToldAndNotApplied()
{
    const hosts::VmId vm = open(VmState::ShutOff);
    QTRY_VERIFY(isLoaded());
    auto* title = editor<QLineEdit>(models::HardwareField::Title);
    title->setText(text("Shop"));
    m_host->run(hosts::SetNotes { .vm = vm, .title = text("Store") });
    QTRY_VERIFY(button("hardwareOverwrite")->isVisible());
    QVERIFY2(verdict().contains(text("changed elsewhere")), qPrintable(verdict()));
    QVERIFY(!button("hardwareApply")->isEnabled());
    QCOMPARE(title->text(), text("Shop"));
    click("hardwareRevert");
    QCOMPARE(title->text(), text("Store"));
    QVERIFY(!button("hardwareOverwrite")->isVisible());
    title->setText(text("Shop"));
    m_host->run(hosts::SetNotes { .vm = vm, .title = text("Mall") });
    QTRY_VERIFY(button("hardwareOverwrite")->isVisible());
    click("hardwareOverwrite");
    QTRY_COMPARE(m_host->vm(vm).title, text("Shop"));
    QTRY_VERIFY(!button("hardwareRevert")->isEnabled());
}

void tst_HardwareTab::machineThatIsNotKnownYet_takesNoEdits()
{
    const hosts::VmId other = m_host->addVm(text("db"));
    open(VmState::ShutOff);
    QTRY_VERIFY(isLoaded());
    auto* title = editor<QLineEdit>(models::HardwareField::Title);
    title->setText(text("Shop"));
    m_fixture->select(m_host, other); // its definition is on its way
    QVERIFY(!button("hardwareApply")->isEnabled());
    title->setText(text("Mall"));
    button("hardwareAdd")->click();
    QVERIFY(!m_fixture->window->findChild<QDialog*>(text("addDevice")));
    QTRY_COMPARE(title->text(), QString());
    QVERIFY(!button("hardwareRevert")->isEnabled());
}

void tst_HardwareTab::edits_outliveAnApplyUnderWay_data()
{
    QTest::addColumn<bool>("isLive");
    QTest::newRow("stored") << false;
    QTest::newRow("live") << true;
}

void tst_HardwareTab::edits_outliveAnApplyUnderWay()
{
    QFETCH(bool, isLive);
    const hosts::VmId vm = open(VmState::Running);
    QTRY_VERIFY(isLoaded());
    m_host->setSilent(true);
    if (isLive) {
        selectPart("CD drive");
        click("hardwareEject");
    } else {
        editor<QLineEdit>(models::HardwareField::Title)->setText(text("Shop"));
        click("hardwareApply");
    }
    selectPart("Network card");
    auto* model = editor<QComboBox>(models::HardwareField::Model);
    model->setCurrentIndex(model->findData(text("e1000e")));
    QVERIFY(!button("hardwareApply")->isEnabled() && !button("hardwareRevert")->isEnabled());
    QVERIFY2(verdict().contains(text("under way")), qPrintable(verdict()));
    m_host->setSilent(false);
    QTRY_VERIFY2(button("hardwareApply")->isEnabled(), qPrintable(verdict()));
    QTest::qWait(50); // the definition comes
    QCOMPARE(model->currentData().toString(), text("e1000e"));
    QCOMPARE(m_host->vm(vm).title, isLive ? QString() : text("Shop"));
    QVERIFY(!button("hardwareOverwrite")->isVisible());
    click("hardwareApply");
    QTRY_VERIFY(storedXml(vm).contains(text("e1000e")));
    QTRY_VERIFY(!button("hardwareRevert")->isEnabled());
}

void tst_HardwareTab::editsOfAMachineThatWasLeft_outliveItsApply()
{
    const hosts::VmId other = m_host->addVm(text("db"));
    const hosts::VmId vm = open(VmState::ShutOff);
    QTRY_VERIFY(isLoaded());
    m_host->setSilent(true);
    editor<QLineEdit>(models::HardwareField::Title)->setText(text("Shop"));
    click("hardwareApply");
    editor<QPlainTextEdit>(models::HardwareField::Description)->setPlainText(text("Sells"));
    m_fixture->select(m_host, other);
    m_host->setSilent(false);
    QTRY_COMPARE(m_host->vm(vm).title, text("Shop"));
    QTRY_COMPARE(editor<QLineEdit>(models::HardwareField::Title)->text(), QString());
    m_fixture->select(m_host, vm);
    QTRY_COMPARE(
        editor<QPlainTextEdit>(models::HardwareField::Description)->toPlainText(), text("Sells"));
    QTRY_VERIFY(button("hardwareApply")->isEnabled());
    click("hardwareRevert");
    QCOMPARE(editor<QLineEdit>(models::HardwareField::Title)->text(), text("Shop"));
    QCOMPARE(editor<QPlainTextEdit>(models::HardwareField::Description)->toPlainText(), QString());
}

void tst_HardwareTab::edits_outliveAnApplyWhoseResultIsNotTold()
{
    const hosts::VmId vm = open(VmState::ShutOff);
    QTRY_VERIFY(isLoaded());
    editor<QLineEdit>(models::HardwareField::Title)->setText(text("Shop"));
    const auto stored = connect(m_host, &hosts::Host::inventoryChanged, this, [this] {
        m_host->failNext({ vmm::ErrorKind::TimedOut, text("fake") });
    });
    click("hardwareApply");
    QTRY_VERIFY(!button("hardwareRevert")->isEnabled());
    QObject::disconnect(stored);
    auto* description = editor<QPlainTextEdit>(models::HardwareField::Description);
    description->setPlainText(text("Sells"));
    QTest::qWait(50); // nothing came
    m_host->run(hosts::Rename { vm, text("shop-1") });
    QTest::qWait(50); // the definition
    QCOMPARE(description->toPlainText(), text("Sells"));
    QCOMPARE(editor<QLineEdit>(models::HardwareField::Title)->text(), text("Shop"));
    QVERIFY(button("hardwareApply")->isEnabled());
    click("hardwareApply");
    QTRY_VERIFY(!button("hardwareRevert")->isEnabled());
    QCOMPARE(m_host->vm(vm).title, text("Shop"));
    QCOMPARE(m_host->vm(vm).name, text("shop-1"));
}

void tst_HardwareTab::refusedChange_staysAsTypedAndSaysWhy()
{
    open(VmState::ShutOff);
    QTRY_VERIFY(isLoaded());
    selectPart("General");
    auto* title = editor<QLineEdit>(models::HardwareField::Title);
    title->setText(text("Shop"));
    m_host->failNext({ vmm::ErrorKind::InvalidConfig, text("devices/tpm"), {},
        vmm::ErrorCause::DefinitionUnsupported });
    click("hardwareApply");
    QTRY_VERIFY(m_fixture->find<QWidget>("hardwareApplyError")->isVisible());
    QVERIFY(
        m_fixture->find<QLabel>("hardwareApplyErrorWhat")->text().contains(text("devices/tpm")));
    QCOMPARE(title->text(), text("Shop"));
    QVERIFY(button("hardwareApply")->isEnabled());
}

void tst_HardwareTab::cdOfARunningMachine_isEjectedAtOnce()
{
    const hosts::VmId vm = open(VmState::Running);
    QTRY_VERIFY(isLoaded());
    selectPart("CD drive");
    QVERIFY(button("hardwareEject")->isEnabled());
    click("hardwareEject");
    const auto* update = lastAsked<hosts::UpdateDevice>();
    QVERIFY(update);
    QCOMPARE(update->vm, vm);
    QVERIFY(!update->xml.contains(text(".iso")));
    QTRY_VERIFY(!button("hardwareEject")->isEnabled());
    QVERIFY(!m_host->vm(vm).hasPendingChanges);
}

void tst_HardwareTab::ejectedCd_leavesWhatTheXmlSays()
{
    const hosts::VmId vm = open(VmState::Running);
    QTRY_VERIFY(isLoaded());
    selectPart("Definition as XML");
    typeAfter(text("</name>"), text("<iothreads>4</iothreads>"));
    selectPart("CD drive");
    click("hardwareEject");
    QVERIFY(!lastAsked<hosts::UpdateDevice>());
    QVERIFY2(verdict().contains(text("next start")), qPrintable(verdict()));
    click("hardwareApply");
    QTRY_VERIFY(storedXml(vm).contains(text("<iothreads>4<")));
    QVERIFY(!storedXml(vm).contains(text(".iso")));
    QTRY_VERIFY(!button("hardwareRevert")->isEnabled());
}

void tst_HardwareTab::otherChangeOfARunningMachine_waitsForItsNextStart()
{
    const hosts::VmId vm = open(VmState::Running);
    QTRY_VERIFY(isLoaded());
    QVERIFY(!m_fixture->find<QWidget>("hardwarePending")->isVisible());
    selectPart("Disk vda");
    auto* cache = editor<QComboBox>(models::HardwareField::Cache);
    cache->setCurrentIndex(cache->findData(text("none")));
    QVERIFY2(verdict().contains(text("next start")), qPrintable(verdict()));
    click("hardwareApply");
    QTRY_VERIFY(m_host->vm(vm).hasPendingChanges);
    QTRY_VERIFY(m_fixture->find<QWidget>("hardwarePending")->isVisible());
    QTRY_VERIFY(m_fixture->find<QLabel>("hardwarePending")->text().contains(text("Disk vda")));
    QVERIFY(m_fixture->find<QLabel>("hardwarePending")->text().contains(text("none")));
}

void tst_HardwareTab::hostThatKeepsNoChanges_saysSo()
{
    m_host->setMissing(hosts::Feature::PendingDefinition, text("Not here."));
    m_host->setMissing(hosts::Feature::HotPlug, text("Not here."));
    open(VmState::Running);
    QTRY_VERIFY(isLoaded());
    QTRY_VERIFY2(verdict().contains(text("Switch the machine off")), qPrintable(verdict()));
    QVERIFY(!button("hardwareAdd")->isEnabled());
    selectPart("General");
    QVERIFY(!editor<QLineEdit>(models::HardwareField::Title)->isEnabled());
}

void tst_HardwareTab::disk_isPluggedIntoARunningMachine()
{
    const hosts::VmId vm = open(VmState::Running);
    QTRY_VERIFY(isLoaded());
    click("hardwareAdd");
    auto* accept = button("addDeviceAccept");
    QVERIFY(!accept->isEnabled());
    const auto* form = m_fixture->find<ui::HardwareForm>("addDevice");
    const QString path = form->editorName(models::HardwareField::Source) + text("Edit");
    m_fixture->find<QLineEdit>(path.toLatin1().constData())->setText(text("/images/data.qcow2"));
    QVERIFY(accept->isEnabled());
    QTest::mouseClick(accept, Qt::LeftButton);
    const auto* attach = lastAsked<hosts::AttachDevice>();
    QVERIFY(attach);
    QVERIFY(attach->scope == hosts::DeviceScope::Both);
    QVERIFY(attach->xml.contains(text("vdb")));
    QTRY_VERIFY(m_host->vm(vm).disks.contains(text("/images/data.qcow2")));
    QTRY_VERIFY(!m_fixture->find<QListWidget>("hardwareList")
                     ->findItems(text("Disk vdb"), Qt::MatchExactly)
                     .isEmpty());
}

void tst_HardwareTab::addDeviceDialog_goesWithItsMachine_data()
{
    QTest::addColumn<bool>("isRemoved");
    QTest::newRow("machine removed") << true;
    QTest::newRow("another one selected") << false;
}

void tst_HardwareTab::addDeviceDialog_goesWithItsMachine()
{
    QFETCH(bool, isRemoved);
    const hosts::VmId other = m_host->addVm(text("db"), VmState::Running);
    const hosts::VmId vm = open(VmState::Running);
    QTRY_VERIFY(isLoaded());
    click("hardwareAdd");
    const QPointer<QDialog> dialog = m_fixture->find<QDialog>("addDevice");
    QVERIFY2(dialog->windowTitle().contains(text("web")), qPrintable(dialog->windowTitle()));
    if (isRemoved)
        m_host->removeVm(vm);
    else
        m_fixture->select(m_host, other);
    QTRY_VERIFY(!dialog);
    QVERIFY(!lastAsked<hosts::AttachDevice>());
}

void tst_HardwareTab::networkCard_isUnpluggedAfterAQuestion()
{
    const hosts::VmId vm = open(VmState::Running);
    QTRY_VERIFY(isLoaded());
    selectPart("Network card");
    click("hardwareRemove");
    QCOMPARE(m_host->vm(vm).networkCards, 1);
    click("confirmAccept");
    QVERIFY(lastAsked<hosts::DetachDevice>());
    QTRY_COMPARE(m_host->vm(vm).networkCards, 0);
}

void tst_HardwareTab::disk_grows()
{
    open(VmState::Running);
    QTRY_VERIFY(isLoaded());
    selectPart("Disk vda");
    click("hardwareGrow");
    auto* size = m_fixture->find<QDoubleSpinBox>("growDiskSize");
    QTRY_COMPARE(size->value(), 20.0); // as large as it is
    QVERIFY(!button("growDiskAccept")->isEnabled());
    size->setValue(32);
    click("growDiskAccept");
    const auto* resize = lastAsked<hosts::ResizeDisk>();
    QVERIFY(resize);
    QCOMPARE(resize->target, text("vda"));
    QCOMPARE(resize->size, vmm::Bytes::fromGiB(32));
}

void tst_HardwareTab::diskThatGrows_isTheSelectedOne()
{
    const hosts::VmId vm = open(VmState::ShutOff);
    m_host->run(hosts::AttachDevice { vm, secondDisk() });
    QTRY_VERIFY(hasPart("Disk vdb"));
    selectPart("Disk vda");
    click("hardwareRemove");
    selectPart("Disk vdb");
    QVERIFY(button("hardwareGrow")->isEnabled());
    click("hardwareGrow");
    const QString title = m_fixture->find<QLabel>("growDiskTitle")->text();
    QVERIFY2(title.contains(text("vdb")), qPrintable(title));
    m_fixture->find<QDialog>("growDisk")->reject();
    editor<QLineEdit>(models::HardwareField::Target)->setText(text("vdc"));
    QVERIFY(!button("hardwareGrow")->isEnabled());
    QVERIFY(button("hardwareGrow")->toolTip().contains(text("Apply")));
    editor<QLineEdit>(models::HardwareField::Target)->setText(text("vdb"));
    QVERIFY(button("hardwareGrow")->isEnabled());
}

void tst_HardwareTab::remoteHost_offersItsVolumesAndNetworks()
{
    tests::FakeHost* far = m_fixture->addHost(text("qemu+ssh://root@a2/system"));
    far->seedResources();
    const hosts::VmId vm = far->addVm(text("far"));
    open(VmState::ShutOff);
    QTRY_VERIFY(isLoaded());
    m_fixture->select(far, vm);
    const auto isOfFar = [this](models::HardwareField field) {
        const auto* form = m_fixture->find<ui::HardwareForm>("hardware");
        const auto* path = form->findChild<ui::PathEdit*>(form->editorName(field));
        return path && !path->isBrowsable() && path->hasPicker();
    };
    selectPart("CD drive");
    QTRY_VERIFY(isOfFar(models::HardwareField::Source));
    selectPart("Disk vda");
    QVERIFY(isOfFar(models::HardwareField::Source));
    selectPart("Boot");
    QVERIFY(isOfFar(models::HardwareField::Kernel) && isOfFar(models::HardwareField::Initrd));
    selectPart("Network card");
    auto* network = editor<QComboBox>(models::HardwareField::Network);
    QTRY_COMPARE(network->count(), 3);
    QVERIFY(network->isEditable() && network->currentText().isEmpty());
    auto* type = editor<QComboBox>(models::HardwareField::Type);
    type->setCurrentIndex(type->findData(text("network")));
    network->setCurrentText(text("office"));
    click("hardwareApply");
    QTRY_COMPARE(far->questionCount(text("define")), 1);
    QTRY_VERIFY(!button("hardwareRevert")->isEnabled());
    QCOMPARE(network->currentText(), text("office"));
}

void tst_HardwareTab::errorOfTheHost_standsInPlace()
{
    const hosts::VmId vm = m_host->addVm(text("web"));
    m_fixture->open();
    QTRY_COMPARE(m_host->connectionState(), hosts::ConnectionState::Connected);
    m_host->failNext({ vmm::ErrorKind::TimedOut, text("fake") });
    m_fixture->window->showVm({ m_host, vm }, ui::VmPage::Tab::Hardware);
    QTRY_VERIFY(m_fixture->find<QWidget>("hardwareError")->isVisible());
    click("hardwareErrorRetry");
    QTRY_VERIFY(isLoaded());
    QTRY_VERIFY(m_fixture->find<QWidget>("hardwareList")->isVisible());
}

void tst_HardwareTab::hostThatIsSlow_showsThatItIsAsked()
{
    const hosts::VmId vm = m_host->addVm(text("web"));
    m_fixture->open();
    QTRY_COMPARE(m_host->connectionState(), hosts::ConnectionState::Connected);
    m_host->setSilent(true);
    m_fixture->window->showVm({ m_host, vm }, ui::VmPage::Tab::Hardware);
    QVERIFY(!m_fixture->find<QWidget>("hardwareList")->isVisible());
    QTRY_VERIFY(m_fixture->find<QWidget>("hardwareLoading")->isVisible());
    m_host->setSilent(false);
    QTRY_VERIFY(m_fixture->find<QWidget>("hardwareList")->isVisible());
}

QTEST_MAIN(tst_HardwareTab)
#include "moc_WindowTest.cpp"
#include "tst_HardwareTab.moc"
