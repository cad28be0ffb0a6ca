package cn.daiban.stories

import cn.daiban.harness.Town
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.MethodOrderer
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.TestMethodOrder

/** Tests that share one server; each has people, phones and cases of its own. They run in the order of their numbers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.DisplayName::class)
abstract class TownTest {
    protected lateinit var town: Town

    @BeforeAll
    fun startTown() {
        town = Town()
    }

    @AfterAll
    fun stopTown() {
        if (::town.isInitialized) town.close()
    }
}
