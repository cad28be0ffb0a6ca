package cn.daiban.harness

import cn.daiban.core.CaseId
import cn.daiban.core.CaseView
import cn.daiban.core.Clock
import cn.daiban.core.Engine
import cn.daiban.core.EngineException
import cn.daiban.core.FormValue
import cn.daiban.core.IdentityView
import cn.daiban.core.KeyStore
import cn.daiban.core.LogSink
import cn.daiban.core.OwnRecord
import cn.daiban.core.RecordId
import cn.daiban.core.RecordView
import cn.daiban.core.Saved
import cn.daiban.core.SyncEnd
import cn.daiban.core.SyncReport
import cn.daiban.core.Transport
import cn.daiban.kit.FileKeyStore
import cn.daiban.kit.SystemClock
import cn.daiban.kit.UrlTransport
import cn.daiban.kit.filled
import cn.daiban.kit.formValues
import cn.daiban.kit.openEngine
import cn.daiban.kit.syncNow
import java.io.File
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.assertThrows

/** One phone: a folder, its keys, and an engine that may be ended and opened again. */
class Phone(
    private val home: File,
    val keys: KeyStore = FileKeyStore(home.toPath().resolve("keys")),
    private val transport: Transport = UrlTransport(),
    private val clock: Clock = SystemClock(),
    private val log: LogSink? = null,
) : AutoCloseable {
    /** Where the engine keeps its store. */
    val folder: File = File(home, "data")

    /** The store's file. */
    val store: File = File(folder, "daiban.sqlite")

    /** Whose phone it is, once enrolled. */
    val person: String get() = engine.overview().identity!!.person

    /** The engine now. */
    var engine: Engine = open()
        private set

    private fun open(): Engine = within { openEngine(folder, keys, transport, clock, log) }

    /** Ends the engine. */
    override fun close() {
        if (engine.uniffiIsDestroyed) return
        engine.shutDown()
        engine.close()
    }

    /** Ends the engine and opens another one on what is durable. */
    fun reopen() {
        close()
        engine = open()
    }

    /** Becomes a person's phone; the office has not confirmed it yet. */
    fun enrol(server: String, code: String): IdentityView = within { engine.enrol(server, code, "Kotlin") }

    /** Opens a case that is large enough. */
    fun openCase(title: String = "新能源电池项目"): CaseId = engine.openCase(opening(title)).caseId

    /** Records a work log. */
    fun log(case: CaseId, text: String = "规划许可窗口要求补正总平面图", recordId: RecordId? = null): Saved =
        engine.record(case, "work_log", logOf(text), recordId)

    /** What a record says, as a form again. */
    fun kept(case: CaseId, kind: String, record: RecordId): Map<String, FormValue> = engine.form(case, kind, record).filled()

    /** A sync that must go well to its end. */
    fun sync(): SyncReport = within { engine.syncNow() }.also { assertEquals(SyncEnd.DONE, it.end) }

    /** A sync that must fail. */
    inline fun <reified E : EngineException> failedSync(): E = assertThrows<E> { within { engine.syncNow() } }

    /** A case as this phone sees it. */
    fun case(id: CaseId): CaseView = engine.caseView(id)

    /** A record of a case as this phone sees it; `null` if it is not there. */
    fun record(case: CaseId, id: RecordId): RecordView? = case(case).records.singleOrNull { it.recordId == id }

    /** An own record. */
    fun own(id: RecordId): OwnRecord = engine.myRecords(null).single { it.recordId == id }
}

/** A case that is large enough. */
fun opening(title: String = "新能源电池项目"): Map<String, FormValue> =
    formValues("title" to title, "enterprise" to "大连某某公司", "location" to "fengrong", "investment_10k_yuan" to "25000万元")

/** A work log. */
fun logOf(text: String): Map<String, FormValue> = formValues("text" to text, "channel" to "window")
