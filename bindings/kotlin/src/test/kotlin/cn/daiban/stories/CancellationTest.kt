package cn.daiban.stories

import cn.daiban.core.HttpRequest
import cn.daiban.core.HttpResponse
import cn.daiban.core.SyncEnd
import cn.daiban.core.Transport
import cn.daiban.harness.Phone
import cn.daiban.harness.SilentServer
import cn.daiban.harness.within
import cn.daiban.kit.UrlTransport
import cn.daiban.kit.syncNow
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.milliseconds
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.channels.Channel
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DisplayName
import org.junit.jupiter.api.Test

class CancellationTest : TownTest() {
    @Test
    @DisplayName("07 cancellation 取消同步：传输不应答")
    fun transportThatHangs() {
        val transport = Hanging()
        val (a, b) = town.settle(town.phone(transport = transport)) to town.settled()
        val case = town.sharedCase(a, b)
        val records = listOf("其一", "其二").map { a.log(case, it).recordId }
        transport.hangs = true

        assertEquals(SyncEnd.CANCELLED, a.cancelledSync { transport.asked.receive() })
        within { transport.cut.receive() }
        assertEquals(SyncEnd.DEADLINE, within { a.engine.syncNow(300.milliseconds) }.end)
        within {
            transport.asked.receive()
            transport.cut.receive()
        }
        a.cancelledCoroutine { transport.asked.receive() }
        within { transport.cut.receive() }

        transport.hangs = false
        assertEquals(2, a.sync().sent)
        b.sync()
        assertEquals(records, b.case(case).records.map { it.recordId }.filter { it in records })
    }

    @Test
    @DisplayName("07 cancellation 取消同步：服务器不应答")
    fun serverThatNeverAnswers(): Unit = SilentServer().use { silent ->
        val (a, b) = town.settled() to town.settled()
        val case = town.sharedCase(a, b)
        val record = a.log(case).recordId
        within { a.engine.connect(silent.url) }

        assertEquals(SyncEnd.CANCELLED, a.cancelledSync { silent.asked() })
        silent.hungUp()
        a.cancelledCoroutine { silent.asked() }
        silent.hungUp()

        within { a.engine.connect(town.server.url) }
        assertEquals(1, a.sync().sent)
        b.sync()
        assertEquals(1, b.case(case).records.count { it.recordId == record })
    }
}

/** A sync that is cancelled through the engine once its request is on the way. */
private fun Phone.cancelledSync(asked: suspend () -> Unit): SyncEnd = within {
    val report = async(Dispatchers.Default) { engine.syncNow(1.hours) }
    asked()
    assertTrue(engine.syncStatus().running)
    engine.cancelSync()
    report.await().end
}.also {
    assertEquals(it, engine.syncStatus().lastEnd)
    assertFalse(engine.syncStatus().running)
}

/** A sync whose coroutine is cancelled once its request is on the way. */
private fun Phone.cancelledCoroutine(asked: suspend () -> Unit): Unit = within {
    val sync = async(Dispatchers.Default) { engine.syncNow(1.hours) }
    asked()
    sync.cancelAndJoin()
    assertFalse(engine.syncStatus().running)
}

/** The network, which may stop answering. */
private class Hanging : Transport {
    private val real = UrlTransport()
    val asked = Channel<Unit>(Channel.UNLIMITED)
    val cut = Channel<Unit>(Channel.UNLIMITED)

    @Volatile
    var hangs = false

    override suspend fun send(request: HttpRequest): HttpResponse {
        if (!hangs) return real.send(request)
        try {
            asked.send(Unit)
            awaitCancellation()
        } finally {
            cut.trySend(Unit)
        }
    }
}
