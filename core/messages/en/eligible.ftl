### Which projects are helped.

investment-too-small = The investment is below { $least } and no decision of the district is named, so the project is not helped. Check the amount, or give the decision.
hundred-millions = { $hundred-millions }00 million yuan ({ $ten-thousands } × 10,000 yuan)
ten-thousands = { $ten-thousands } × 10,000 yuan
