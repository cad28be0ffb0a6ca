package cn.daiban.kit

import cn.daiban.core.EngineException
import cn.daiban.core.EventKind
import cn.daiban.harness.ObservingMain
import cn.daiban.harness.OwnProcess
import cn.daiban.harness.ended
import cn.daiban.harness.opening
import cn.daiban.harness.within
import cn.daiban.stories.TownTest
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DisplayName
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

class FlowsTest : TownTest() {
    @Test
    @DisplayName("events(): the first at once, then what changes, until the collection ends")
    fun events() {
        val phone = town.settled()
        within {
            val heard = Channel<Pair<EventKind, String?>>(Channel.UNLIMITED)
            val collecting = launch { phone.engine.events().collect { heard.send(it.kind to it.caseId) } }
            assertEquals(EventKind.OVERVIEW to null, heard.receive())
            val case = phone.engine.io { newCaseId() }
            phone.engine.io { openCase(opening(), caseId = case) }
            assertEquals(EventKind.CASE to case, heard.receive())
            assertEquals(EventKind.OVERVIEW to null, heard.receive())
            collecting.cancelAndJoin()
            val another = phone.engine.io { phone.openCase() }
            phone.engine.events().first { it.kind == EventKind.OVERVIEW }
            assertEquals(another, phone.engine.io { overview().cases.first { it.caseId != case }.caseId })
            assertNull(heard.tryReceive().getOrNull(), "nothing is heard after the end")
        }
    }

    @Test
    @DisplayName("events(): what a slow collector missed is one event of each thing, the newest")
    fun slowCollector() {
        val phone = town.settled()
        val (first, second) = phone.openCase("甲") to phone.openCase("乙")
        within {
            val (free, heard) = Channel<Unit>() to Channel<Triple<EventKind, String?, Long>>(Channel.UNLIMITED)
            val collecting = launch(Dispatchers.Default) {
                phone.engine.events().collect {
                    heard.send(Triple(it.kind, it.caseId, it.revision))
                    if (it.caseId == first) free.receive()
                }
            }
            heard.receive()
            phone.engine.io { phone.log(first) }
            while (heard.receive().second != first) Unit
            val last = phone.engine.io { List(50) { phone.log(second) }.last().let { caseView(second).revision } }
            // Delivery to this flow is over once another subscriber has heard everything.
            phone.engine.events().first { it.revision >= last }
            free.send(Unit)
            var events = 1
            while (heard.receive().third < last) events++
            assertTrue(events < 100, "$events events for 100 changes")
            collecting.cancelAndJoin()
        }
    }

    @Test
    @DisplayName("watch(): reads at once and again on what matters; the newest reading for a slow screen; an error ends it")
    fun watch() {
        val (a, b) = town.settled() to town.settled()
        val case = town.sharedCase(a, b)
        within {
            val seen = Channel<Int>(Channel.UNLIMITED)
            val watching = launch {
                a.engine.watch(on = { it.caseId == case }) { caseView(case).records.count { it.kind.code == "work_log" } }.collect(seen::send)
            }
            assertEquals(0, seen.receive())
            a.engine.io { a.log(case) }
            while (seen.receive() < 1) Unit
            b.engine.io { b.log(case) }
            b.engine.syncNow()
            a.engine.syncNow()
            while (seen.receive() < 2) Unit
            watching.cancelAndJoin()

            val (slow, shown) = Channel<Unit>() to Channel<Long>(Channel.UNLIMITED)
            val screen = launch {
                a.engine.watch { overview().unsent }.collect {
                    shown.send(it)
                    slow.receive()
                }
            }
            assertEquals(0, shown.receive())
            a.engine.io { repeat(30) { a.log(case) } }
            var readings = 0
            do {
                slow.send(Unit)
                readings++
            } while (shown.receive() < 30)
            assertTrue(readings < 30, "$readings readings for 30 records")
            screen.cancelAndJoin()
        }
        val gone = assertThrows<EngineException.NotFound> { within { a.engine.watch { caseView("0".repeat(32)) }.collect() } }
        assertEquals("not_found", gone.code)
    }

    @Test
    @DisplayName("openEngine(), shutDown() and close()")
    fun openAndClose() {
        val home = town.home()
        val keys = FileKeyStore(home.toPath().resolve("keys"))
        val engine = within { openEngine(home.resolve("data"), keys) }
        engine.shutDown()
        val closed = assertThrows<EngineException.Closed> { engine.overview() }
        assertEquals("closed", closed.code)
        assertTrue(closed.zh.contains("请重新打开"), closed.zh)
        assertEquals("closed", assertThrows<EngineException.Closed> { within { engine.syncNow() } }.code)
        engine.close()
        assertThrows<IllegalStateException> { engine.overview() }
        within { openEngine(home.resolve("data"), keys) }.use { assertEquals(0, it.overview().unsent) }
        within { openEngine(home.resolve("data"), keys) }.use { assertEquals(null, it.overview().identity) }
    }

    @Test
    @DisplayName("an observer calls the engine on its thread, and the program ends all the same")
    fun callbackThreads() {
        val process = OwnProcess.of(ObservingMain::class.java, town.home().path).redirectErrorStream(true).start()
        assertEquals(0, process.ended())
        assertEquals("heard", process.inputStream.bufferedReader().readText().trim(), "and JNA complains of nothing")
    }
}
