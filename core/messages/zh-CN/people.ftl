### Roles, groups, units, and who holds a seat.

## Roles, where no district's own name is at hand.

role-chief-agent = 首席代办员
role-group-specialist = 代办专员
role-unit-agent = 代办员
role-dispatch-lead = 调度组牵头单位经办人
role-office = 办公室
role-district-government = 本级政府
role-supervision = 督查部门
role-administrator = 系统管理员
officer-of-lead = { $group }牵头单位经办人

## Groups, by their functions.

group-generation = 生成组
group-planning = 前期审批组
group-construction = 施工验收组
group-dispatch = 调度组

## What sort of unit it is.

unit-party = 党委部门
unit-district-bureau = 政府部门
unit-city-sub-bureau = 市局分局
unit-vertical = 垂直管理单位
unit-enterprise = 企业
unit-subdistrict = 街道办事处
unit-town = 镇、乡政府
unit-park = 园区管委会
unit-of-project = 项目所在地单位

## What is not taken.

group-unknown = 没有名为“{ $given }”的工作组，请填写：{ $expected }。
role-unknown = 没有名为“{ $given }”的角色，请填写：{ $expected }。
unit-id = 单位编号“{ $id }”应为2至40位小写字母、数字或短横线，请重新填写。
unit-name = 单位名称“{ $name }”为空或首尾有空格，请重新填写。
unit-taken = “{ $word }”已是{ $holder }的名称或简称，请换一个名称，或直接选用该单位。
seat-ends-first = { $person }的任职结束时间不晚于开始时间，请核对起止时间。
specialist-without-group = { $person }是代办专员，请填写所在工作组。
group-without-specialist = { $group }不设代办专员，请选择其他工作组或角色。

## Seats without exactly one holder.

chief-missing = 尚无首席代办员，请{ $office }指定一人。
several-chiefs = 同时有{ $count }名首席代办员（{ $people }），请{ $office }保留一人。
specialist-missing = { $group }尚无代办专员，请{ $lead }指定一人。
several-specialists = { $group }同时有{ $count }名代办专员（{ $people }），请{ $lead }保留一人。
lead-unit = 牵头单位
lead-unit-named = 牵头单位（{ $unit }）
