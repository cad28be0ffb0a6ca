package cn.daiban.guide

import cn.daiban.core.CaseId
import cn.daiban.core.Engine
import cn.daiban.core.EngineException
import cn.daiban.core.EngineSettings
import cn.daiban.core.Overview
import cn.daiban.core.RecordPlace
import cn.daiban.core.engineVersion
import cn.daiban.harness.Phone
import cn.daiban.harness.Town
import cn.daiban.harness.within
import cn.daiban.kit.FileKeyStore
import cn.daiban.kit.SystemClock
import cn.daiban.kit.UrlTransport
import cn.daiban.kit.filled
import cn.daiban.kit.formValues
import cn.daiban.kit.recordLog
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
    private val marked = mutableListOf<String>()
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

    private fun mark(field: String, zh: String) {
        marked += "$field $zh"
    }

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

        val saved = engine.openCase(formValues(
            "title" to "新能源电池项目", "enterprise" to "大连某某公司", "location" to "丰荣街道办事处", "investment_10k_yuan" to "1.2亿"))
        engine.recordLog(saved.caseId, "规划许可窗口要求补正总平面图", channel = "窗口")
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
        val log = formValues("text" to "现场踏勘，收集用地红线图", "channel" to "on_site", "met" to "王工 13800000000")
        val first = engine.record(caseId, "work_log", log, recordId)
        val again = engine.record(caseId, "work_log", log, recordId)
        check(again.already && again.recordId == first.recordId)

        val kept = engine.form(caseId, "work_log", recordId).filled()
        val corrected = kept + formValues("text" to "现场踏勘，收集用地红线图和地形图")
        engine.record(caseId, "work_log", corrected, amends = recordId)

        phone.sync()
        assertEquals(log, kept)
        assertTrue(phone.record(caseId, recordId)!!.amendedBy != null)
    }

    @Test
    @DisplayName("a form screen that knows no kind")
    fun forms() {
        val kind = "material_received"

        val form = engine.form(caseId, kind)
        line("${form.kind.zh}（${form.clause}）")
        form.fields.forEach { field ->
            line("${field.label.zh}${if (field.required) "（必填）" else ""} ${field.help?.zh ?: ""}")
        }
        val typed = form.filled() + formValues("items" to "营业执照：2份：原件；章程", "handed_by" to "王工 13800000000")
        engine.check(caseId, kind, typed).forEach { problem -> mark(problem.field, problem.zh) }

        assertTrue(lines.any { it.startsWith("材料清单（必填）") }, "$lines")
        assertEquals(emptyList<String>(), marked)

        try {
            engine.record(caseId, kind, formValues("items" to "营业执照：0", "handed_by" to "王工 13800000000"))
        } catch (e: EngineException.Invalid) {
            e.fields.forEach { problem -> mark(problem.field, problem.zh) }
        }

        assertEquals(1, marked.size)
        assertTrue(marked.single().startsWith("items.0.copies "), "$marked")
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
    @DisplayName("address, units, a quiet moment, the version")
    fun theRest() = within {
        engine.connect(server)
        engine.units().forEach { line("${it.code} ${it.zh}") }
        engine.examine()
        line(engineVersion().version)

        assertTrue(lines.containsAll(listOf("natural-resources ${engine.units().single { it.code == "natural-resources" }.zh}", engineVersion().version)), "$lines")
    }
}
