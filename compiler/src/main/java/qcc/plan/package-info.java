/**
 * Where every tensor lives: from an INTEGER graph to a static arena. {@link qcc.plan.MemoryPlanner} makes the plan,
 * {@link qcc.plan.PlanCheck} proves it by simulation and shares no code with the planner.
 */
package qcc.plan;
