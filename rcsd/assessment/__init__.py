"""The papers' static methods: assessments of cities and regions from tables."""
