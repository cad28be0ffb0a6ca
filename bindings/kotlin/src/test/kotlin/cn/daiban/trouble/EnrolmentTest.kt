package cn.daiban.trouble

import cn.daiban.core.EngineException
import cn.daiban.harness.Stub
import cn.daiban.kit.code
import cn.daiban.kit.zh
import cn.daiban.stories.TownTest
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DisplayName
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

/** What a person may get wrong before the phone is anybody's. Each ends with an enrolment that works. */
class EnrolmentTest : TownTest() {
    private fun refused(code: String, server: String = town.server.url): EngineException.Refused = town.phone().let { phone ->
        assertThrows<EngineException.Refused> { phone.enrol(server, code) }.also {
            assertEquals(null, phone.engine.overview().identity)
            town.settle(phone)
            phone.sync()
        }
    }

    @Test
    @DisplayName("bad_code 设备登记码不对")
    fun badCode() {
        val refused = refused("0".repeat(32))
        assertEquals("code_invalid", refused.code)
        assertTrue(refused.zh.contains("设备登记码不正确"), refused.zh)
    }

    @Test
    @DisplayName("expired_code 设备登记码过期或已用过")
    fun expiredCode() {
        val code = town.office.invite(town.office.agent())
        town.office.letInvitationsExpire()
        val expired = refused(code)
        assertEquals("code_expired", expired.code)
        assertTrue(expired.zh.contains("已过期"), expired.zh)

        val once = town.office.invite(town.office.agent())
        town.phone().enrol(town.server.url, once)
        val used = refused(once)
        assertEquals("code_used", used.code)
        assertTrue(used.zh.contains("已被使用"), used.zh)
    }

    @Test
    @DisplayName("wrong_server 登记时填错服务器地址")
    fun wrongServer() {
        Stub.html(404, "<h1>nginx</h1>").use { stub ->
            val phone = town.phone()
            val failed = assertThrows<EngineException.Connection> { phone.enrol(stub.url, "0".repeat(32)) }
            assertEquals("wrong_server", failed.code)
            assertTrue(failed.zh.contains("不是代办服务器"), failed.zh)
            town.settle(phone)
            phone.sync()
        }
        for (typed in listOf("daiban", "http://10.0.0.1", "https://a.gov.cn/x", "")) {
            val invalid = assertThrows<EngineException.Invalid>(typed) { town.phone().enrol(typed, "0".repeat(32)) }
            assertEquals("address" to "server", invalid.code to invalid.field)
            assertTrue(invalid.zh.contains("https://"), invalid.zh)
        }
    }

    @Test
    @DisplayName("not_enrolled 未登记时先登记，登记后不再登记")
    fun notEnrolled() {
        val phone = town.phone()
        assertEquals("not_enrolled", assertThrows<EngineException.NotEnrolled> { phone.openCase() }.code)
        assertEquals("not_enrolled", phone.failedSync<EngineException.NotEnrolled>().code)
        town.settle(phone)
        val again = assertThrows<EngineException.Invalid> { phone.enrol(town.server.url, town.office.invite(town.office.agent())) }
        assertEquals("already_enrolled", again.code)
        phone.sync()
    }
}
