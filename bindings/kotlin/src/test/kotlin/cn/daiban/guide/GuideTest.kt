package cn.daiban.guide

import cn.daiban.core.CaseId
import cn.daiban.core.CaseOpenedDraft
import cn.daiban.core.Channel
import cn.daiban.core.Engine
import cn.daiban.core.EngineSettings
import cn.daiban.core.NewCase
import cn.daiban.core.NewRecord
import cn.daiban.core.Overview
import cn.daiban.core.RecordDraft
import cn.daiban.core.RecordPlace
import cn.daiban.core.WorkLogDraft
import cn.daiban.core.engineVersion
import cn.daiban.harness.Phone
import cn.daiban.harness.Town
import cn.daiban.harness.within
import cn.daiban.kit.FileKeyStore
import cn.daiban.kit.SystemClock
import cn.daiban.kit.UrlTransport
import cn.daiban.kit.watch
import java.io.File
import java.nio.file.Path
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.channels.Channel as Pipe
import kotlinx.coroutines.launch
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.DisplayName
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance

/** The examples of `bindings/README.md`, line by line, as they stand there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuideTest {
    private lateinit var town: Town
    private lateinit var phone: Phone
    private lateinit var engine: Engine
    private lateinit var caseId: CaseId
    private lateinit var neighbour: Engine
    private val lines = mutableListOf<String>()
    private val server get() = town.server.url

    @BeforeAll
    fun begin() {
        town = Town()
        phone = town.settled()
        engine = phone.engine
        val other = town.settled()
        neighbour = other.engine
        caseId = town.sharedCase(phone, other)
    }

    @AfterAll
    fun end() {
        if (::town.isInitialized) town.close()
    }

    private fun line(text: String) {
        lines += text
    }

    private fun banner(zh: String) = line(zh)

    private fun greyOut(kind: String, why: String?) = line("$kind $why")

    @Test
    @DisplayName("from opening to the first synced record")
    fun firstHour() = within {
        val home = town.home()
        val (dataDir, keyFolder) = File(home, "data").path to Path.of(home.path, "keys")
        val code = town.office.invite(town.office.agent())

        val engine = Engine.open(EngineSettings(dataDir), FileKeyStore(keyFolder), UrlTransport(), SystemClock(), null)
        val identity = engine.enrol(server, code, "Pixel 9")
        println("请与专班办公室核对确认号 ${identity.confirmation}")

        town.office.confirm(identity.confirmation)

        val saved = engine.openCase(NewCase(CaseOpenedDraft(
            title = "新能源电池项目", enterprise = "大连某某公司", location = "丰荣街道办事处", investment10kYuan = 25_000)))
        engine.record(saved.caseId, NewRecord(RecordDraft.WorkLog(WorkLogDraft("规划许可窗口要求补正总平面图", Channel.WINDOW))))
        val report = engine.syncNow(30_000)
        println("已上传 ${report.sent} 条，未上传 ${report.left} 条")

        assertEquals(2L to 0L, report.sent to report.left)
        engine.shutDown()
        engine.close()
    }

    @Test
    @DisplayName("screens")
    fun screens() {
        phone.log(caseId)

        val overview = engine.overview()
        overview.notices.forEach { banner(it.zh) }
        overview.cases.forEach { line("${it.lampZh} ${it.title ?: "—"} ${it.nextDue ?: ""} 未上传${it.unsent}") }

        val case = engine.caseView(caseId)
        case.duties.filter { it.mine }.forEach { line("${it.titleZh}：${it.dueOn} ${it.stateZh}") }
        case.records.forEach { record -> line("${record.occurredAtText} ${record.kind.zh} ${record.verdict.zh}") }
        case.actions.filter { !it.advised }.forEach { greyOut(it.kind.code, it.whyZh) }

        val open = engine.duties(null, openOnly = true)
        open.forEach { line("${it.caseTitle}：${it.titleZh}，${it.dueOn}止（已计${it.counted.size}个工作日）${it.provisionalZh ?: ""}") }

        assertTrue(lines.any { it.contains("新能源电池项目") && it.contains("未上传") }, "$lines")
        assertTrue(lines.any { it.endsWith("工作日志 已生效") }, "$lines")
        assertTrue(lines.any { it.startsWith("flow_table_submitted ") }, "$lines")
    }

    @Test
    @DisplayName("saving twice is one record; a correction")
    fun recording() {
        val recordId = engine.newRecordId()
        val log = NewRecord(RecordDraft.WorkLog(WorkLogDraft("现场踏勘，收集用地红线图", Channel.ON_SITE, met = "王工 13800000000")), recordId)
        val first = engine.record(caseId, log)
        val again = engine.record(caseId, log)
        check(again.already && again.recordId == first.recordId)

        val draft = engine.draftOf(caseId, recordId) as RecordDraft.WorkLog
        val corrected = RecordDraft.WorkLog(draft.v1.copy(text = "现场踏勘，收集用地红线图和地形图"))
        engine.record(caseId, NewRecord(corrected, amends = recordId))

        phone.sync()
        assertEquals("现场踏勘，收集用地红线图", draft.v1.text)
        assertTrue(phone.record(caseId, recordId)!!.amendedBy != null)
    }

    @Test
    @DisplayName("what waits, and what is carried by hand")
    fun waitingAndCarried() {
        val record = phone.log(caseId).recordId

        val waiting = engine.myRecords(null).filter { it.place is RecordPlace.Local }
        val refused = engine.myRecords(null).filter { it.canRecordAgain }
        refused.forEach { engine.recordAgain(it.caseId, it.recordId) }

        assertTrue(record in waiting.map { it.recordId })

        val file = engine.bundleExport()
        val imported = neighbour.bundleImport(file)
        line("代为转交${imported.records}条，共${neighbour.carried().size}条")

        assertEquals(waiting.size.toLong(), imported.records)
        phone.sync()
    }

    @Test
    @DisplayName("a screen that stays true")
    fun watching() = within {
        val seen = Pipe<Overview>(Pipe.UNLIMITED)
        suspend fun show(overview: Overview) = seen.send(overview)
        val scope: CoroutineScope = this
        val before = engine.overview().unsent

        val watching = scope.launch {
            engine.watch { overview() }.collect { show(it) }
        }

        seen.receive()
        phone.log(caseId)
        while (seen.receive().unsent != before + 1) Unit
        watching.cancelAndJoin()
    }

    @Test
    @DisplayName("address, choices, a quiet moment, the version")
    fun theRest() = within {
        engine.connect(server)
        val choices = engine.choices()
        choices.channels.forEach { line("${it.code} ${it.zh}") }
        engine.examine()
        line(engineVersion().version)

        assertTrue(lines.containsAll(listOf("window 窗口", engineVersion().version)), "$lines")
    }
}
