package cn.daiban.trouble

import cn.daiban.core.EngineException
import cn.daiban.harness.Certificates
import cn.daiban.harness.Stub
import cn.daiban.harness.Town
import cn.daiban.harness.within
import cn.daiban.kit.UrlTransport
import cn.daiban.kit.code
import cn.daiban.kit.retryIn
import cn.daiban.kit.zh
import cn.daiban.stories.TownTest
import kotlin.time.Duration
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DisplayName
import org.junit.jupiter.api.Test

/** Whoever else may answer. Each record is there afterwards and is delivered once. */
class NetworkTest : TownTest() {
    /** A phone with a record meets a stranger; the failure is given back once the record has arrived where it belongs. */
    private inline fun <reified E : EngineException> meets(
        url: String,
        transport: UrlTransport = UrlTransport(),
    ): E {
        val (phone, witness) = town.settle(town.phone(transport = transport)) to town.settled()
        val case = town.sharedCase(phone, witness)
        val record = phone.log(case).recordId
        within { phone.engine.connect(url) }
        val failed = phone.failedSync<E>()
        assertEquals(failed.code to failed.zh, phone.engine.syncStatus().let { it.lastErrorCode to it.lastErrorZh })
        assertEquals(1, phone.engine.overview().unsent)
        within { phone.engine.connect(town.server.url) }
        assertEquals(1, phone.sync().sent)
        witness.sync()
        assertEquals(1, witness.case(case).records.count { it.recordId == record })
        return failed
    }

    @Test
    @DisplayName("wrong_server 别的网站")
    fun wrongServer() {
        Stub.html(404, "<h1>nginx</h1>").use {
            val failed = meets<EngineException.Connection>(it.url)
            assertEquals("wrong_server", failed.code)
            assertTrue(failed.zh.contains("不是代办服务器"), failed.zh)
        }
        for (stub in listOf(Stub.json(404, """{"error":"not found"}"""), Stub.json(200, "{}"))) stub.use {
            val failed = meets<EngineException>(it.url)
            assertTrue(failed.zh.contains("本机"), failed.zh)
        }
    }

    @Test
    @DisplayName("other_server 同一地址换了另一台服务器")
    fun otherServer(): Unit = Town().use { elsewhere ->
        val failed = meets<EngineException.Refused>(elsewhere.server.url)
        assertEquals("device_unknown", failed.code)
        assertTrue(failed.zh.contains("保留本机记录"), failed.zh)
    }

    @Test
    @DisplayName("captive_portal 上网认证页")
    fun captivePortal() {
        for (stub in listOf(
            Stub.html(200, "<html><title>酒店上网认证</title></html>"),
            Stub(302, mapOf("location" to "http://127.0.0.1:9/login")),
        )) stub.use {
            val failed = meets<EngineException.Connection>(it.url)
            assertEquals("captive_portal", failed.code)
            assertTrue(failed.zh.contains("浏览器完成认证"), failed.zh)
            assertEquals(1, it.requests, "a sign-in page is not asked again and not followed")
        }
    }

    @Test
    @DisplayName("server_busy 服务器繁忙")
    fun serverBusy(): Unit = Stub.html(503, "<h1>503</h1>").use {
        val failed = meets<EngineException.Offline>(it.url)
        assertEquals("busy", failed.code)
        assertTrue(failed.zh.contains("繁忙"), failed.zh)
        assertTrue(failed.retryIn!! > Duration.ZERO)
        assertEquals(3, it.requests)
    }

    @Test
    @DisplayName("offline 没有网络")
    fun offline() {
        val nobody = Stub.html(200, "").also { it.close() }
        val failed = meets<EngineException.Offline>(nobody.url)
        assertEquals("offline", failed.code)
        assertTrue(failed.zh.contains("连不上服务器"), failed.zh)
    }

    @Test
    @DisplayName("certificate 证书不受信任")
    fun certificate(): Unit = Certificates().use { authority ->
        Stub(200, emptyMap(), "", authority.server(startDays = -1, days = 10)).use {
            val failed = meets<EngineException.Connection>(it.url)
            assertEquals("certificate", failed.code)
            assertTrue(failed.zh.contains("证书不受信任"), failed.zh)
            assertEquals(0, it.requests, "nothing is sent to a stranger")
        }
    }

    @Test
    @DisplayName("certificate_time 证书过期或尚未生效")
    fun certificateTime(): Unit = Certificates().use { authority ->
        val trusting = UrlTransport(authority.trusting())
        for (start in listOf(-30, 20)) Stub(200, emptyMap(), "", authority.server(start, days = 10)).use {
            val failed = meets<EngineException.Connection>(it.url, trusting)
            assertEquals("certificate_time", failed.code)
            assertTrue(failed.zh.contains("自动设置日期和时间"), failed.zh)
        }
        Stub(404, mapOf("content-type" to "text/html"), "x", authority.server(startDays = -1, days = 10)).use {
            assertEquals("wrong_server", meets<EngineException.Connection>(it.url, trusting).code, "a good one gets through")
        }
    }
}
