package cn.daiban.stories

import cn.daiban.core.Clock
import cn.daiban.core.EngineEvent
import cn.daiban.core.EngineException
import cn.daiban.core.HttpRequest
import cn.daiban.core.HttpResponse
import cn.daiban.core.InternalException
import cn.daiban.core.KeyStore
import cn.daiban.core.KeyStoreException
import cn.daiban.core.LogLevel
import cn.daiban.core.LogSink
import cn.daiban.core.Observer
import cn.daiban.core.Transport
import cn.daiban.harness.Phone
import cn.daiban.harness.within
import cn.daiban.kit.FileKeyStore
import cn.daiban.kit.SystemClock
import cn.daiban.kit.UrlTransport
import cn.daiban.kit.code
import cn.daiban.kit.syncNow
import cn.daiban.kit.zh
import java.time.Instant
import java.util.concurrent.atomic.AtomicInteger
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DisplayName
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

/** Defects of the engine and of the app's own code: each is an error with a code, and none costs a record. */
class HostFailuresTest : TownTest() {
    @Test
    @DisplayName("10 panic_and_foreign_exceptions 引擎自身出错")
    fun panic() {
        val a = town.settled()
        val case = a.openCase()
        val before = a.log(case).recordId
        repeat(2) { assertThrows<InternalException> { a.engine.diagnosticPanic() } }
        val after = a.log(case).recordId
        assertTrue(a.engine.myRecords(case).map { it.recordId }.containsAll(listOf(before, after)))
        assertEquals(3, a.sync().sent)
    }

    @Test
    @DisplayName("10 panic_and_foreign_exceptions 网络代码抛出异常")
    fun transportThrows() {
        val transport = Breaking(UrlTransport())
        val a = town.settle(town.phone(transport = transport))
        val case = a.openCase()
        transport.broken = true
        val broke = a.failedSync<EngineException.Internal>()
        assertEquals("transport_broke", broke.code)
        assertTrue(broke.en.contains("a bug in the app"), broke.en)
        assertTrue(broke.zh.contains("内部出错"), broke.zh)
        assertEquals("transport_broke", a.engine.syncStatus().lastErrorCode)
        assertEquals(broke.zh, a.engine.syncStatus().lastErrorZh)
        transport.broken = false
        assertEquals(1, a.sync().sent)
        assertEquals(1, a.case(case).records.size)
    }

    @Test
    @DisplayName("10 panic_and_foreign_exceptions 密钥存储抛出异常")
    fun keyStoreThrows() {
        val home = town.home()
        val files = FileKeyStore(home.toPath().resolve("keys"))
        for (thrown in listOf(IllegalStateException("a bug in the app"), KeyStoreException.Failed("the chip is gone"))) {
            val broken = object : KeyStore {
                override fun load(name: String): ByteArray? = throw thrown
                override fun save(name: String, secret: ByteArray) = throw thrown
            }
            val failed = assertThrows<EngineException.Keys> { Phone(home, broken) }
            assertEquals("key_store_failed", failed.code)
            assertTrue(failed.zh.contains("不要卸载应用"), failed.zh)
        }
        val forgetful = object : KeyStore {
            override fun load(name: String): ByteArray? = null
            override fun save(name: String, secret: ByteArray) = Unit
        }
        assertEquals("key_store_forgets", assertThrows<EngineException.Keys> { Phone(home, forgetful) }.code)
        val a = town.settle(town.phone(home, files))
        assertEquals(1, a.openCase().let { a.engine.overview().unsent })
    }

    @Test
    @DisplayName("10 panic_and_foreign_exceptions 时钟抛出异常")
    fun clockThrows() {
        val clock = object : Clock {
            @Volatile
            var broken = false

            override fun now(): Instant = if (broken) throw IllegalStateException("a bug in the app") else SystemClock().now()
        }
        val a = town.settle(town.phone(clock = clock))
        val case = a.openCase()
        clock.broken = true
        for (call in listOf({ a.log(case) }, { a.engine.overview() }, { within { a.engine.syncNow() } })) {
            val failed = assertThrows<EngineException.Internal> { call() }
            assertEquals("host_failed", failed.code)
            assertTrue(failed.en.contains("a bug in the app"), failed.en)
        }
        clock.broken = false
        assertEquals(1, a.engine.myRecords(null).size)
        assertEquals(1, a.sync().sent)
    }

    @Test
    @DisplayName("10 panic_and_foreign_exceptions 日志和观察者抛出异常")
    fun logAndObserverThrow() {
        val lines = AtomicInteger()
        val log = object : LogSink {
            override fun log(level: LogLevel, target: String, message: String) {
                lines.incrementAndGet()
                throw IllegalStateException("a bug in the app")
            }
        }
        Phone(town.home(), log = log).use { a ->
            town.settle(a)
            a.engine.observe(object : Observer {
                override fun onEvent(event: EngineEvent): Unit = throw IllegalStateException("a bug in the app")
            }).use {
                val case = a.openCase()
                a.log(case)
                assertEquals(2, a.sync().sent)
                assertEquals(2, a.case(case).records.size)
            }
        }
        assertTrue(lines.get() >= 3, "it was asked to log")
    }
}

/** The network, in an app with a bug. */
private class Breaking(private val real: Transport) : Transport {
    @Volatile
    var broken = false

    override suspend fun send(request: HttpRequest): HttpResponse =
        if (broken) throw IllegalStateException("a bug in the app") else real.send(request)
}
